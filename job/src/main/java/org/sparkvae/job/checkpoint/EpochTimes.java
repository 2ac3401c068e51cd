package org.sparkvae.job.checkpoint;

import java.io.Serializable;

/**
 * How long one epoch took, in seconds of wall time.
 *
 * @param whole training, without validation and checkpoint
 * @param schedule of these, before the first step of each round, or outside of all rounds
 * @param compute of these, in the steps of the slowest task of each round
 * @param aggregate of these, from the last step of each round to the averaged parameters
 */
public record EpochTimes(double whole, double schedule, double compute, double aggregate)
    implements Serializable {}
