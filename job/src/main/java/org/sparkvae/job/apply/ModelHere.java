package org.sparkvae.job.apply;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.vae.ImageModel;

/**
 * A trained model in the process that computes.
 *
 * @param spec its parts
 * @param parameters the flat parameter vector, which nobody may change
 * @param seed of the run
 */
public record ModelHere(ImageModel spec, INDArray parameters, long seed) {}
