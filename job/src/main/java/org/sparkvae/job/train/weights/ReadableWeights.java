package org.sparkvae.job.train.weights;

import org.sparkvae.host.FloatSource;

/**
 * Weights that can be averaged where they lie.
 *
 * @param parameters the flat parameter vector
 * @param state the optimiser's flat state; nothing is read of it where the optimiser keeps none
 */
public record ReadableWeights(FloatSource parameters, FloatSource state) {}
