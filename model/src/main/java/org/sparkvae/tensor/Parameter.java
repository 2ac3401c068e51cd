package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A block of the flat parameter vector, as a matrix or vector over the same memory.
 *
 * @param value the block
 * @param gradient the same block of the flat gradient vector; null where none is computed
 */
public record Parameter(INDArray value, INDArray gradient) {}
