package org.sparkvae.job.settings;

import java.io.Serializable;

/**
 * The importance-sampling pass.
 *
 * @param samples K, importance samples per image
 * @param block samples computed together
 * @param stream number of the stream of random numbers, from 0 on
 */
public record EvaluationSettings(int samples, int block, int stream) implements Serializable {}
