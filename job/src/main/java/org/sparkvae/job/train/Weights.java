package org.sparkvae.job.train;

import java.io.Serializable;

/**
 * What a round starts from and ends with; never written to, so that tasks of one JVM may share it.
 *
 * @param parameters the flat parameter vector
 * @param state the optimiser's flat state; empty where it keeps none
 */
record Weights(float[] parameters, float[] state) implements Serializable {}
