package org.sparkvae.job.train;

import org.sparkvae.vae.ObjectiveValue;

/**
 * What training for an epoch did, beside changing the network.
 *
 * @param sums over the epoch's images
 * @param steps minibatch steps of all workers
 * @param rounds averaging rounds
 * @param seconds wall time
 * @param times the parts of the rounds, summed
 */
record EpochOutcome(
    ObjectiveValue sums, long steps, int rounds, double seconds, RoundTimes times) {}
