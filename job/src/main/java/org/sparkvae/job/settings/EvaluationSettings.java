package org.sparkvae.job.settings;

import java.io.Serializable;

/**
 * The importance-sampling pass.
 *
 * @param samples K, importance samples per image
 * @param block samples computed together
 */
public record EvaluationSettings(int samples, int block) implements Serializable {}
