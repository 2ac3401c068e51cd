package org.sparkvae.job.checkpoint;

import java.io.Serializable;

/**
 * What one epoch took.
 *
 * @param images processed
 * @param steps minibatch steps taken by all workers
 * @param rounds averaging rounds
 */
public record EpochWork(long images, long steps, int rounds) implements Serializable {}
