package org.sparkvae.job.train;

import org.sparkvae.host.FloatSource;

/**
 * Weights that can be averaged where they lie.
 *
 * @param parameters the flat parameter vector
 * @param state the optimiser's flat state; nothing is read of it where the optimiser keeps none
 */
record ReadableWeights(FloatSource parameters, FloatSource state) {}
