/**
 * Recordings of differentiable operations, the programs that replay them on ND4J arrays, and
 * parameters as one flat vector.
 *
 * <p>It knows no distribution: the rooms above apply formulas to its matrices, or bring operations
 * of their own.
 *
 * <p>May use {@code host}, {@code noise}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.tensor;
