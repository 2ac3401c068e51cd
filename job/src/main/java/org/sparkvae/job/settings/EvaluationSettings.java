package org.sparkvae.job.settings;

import java.io.Serializable;

/**
 * The importance-sampling pass.
 *
 * @param samples K, importance samples per image
 * @param block samples computed together
 * @param images images of the test set scored; 0 for all
 */
public record EvaluationSettings(int samples, int block, long images) implements Serializable {}
