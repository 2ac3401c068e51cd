/**
 * Distributed training: the master that averages parameters, the worker on a shard, the epochs.
 *
 * <p>May use {@code data}, {@code checkpoint}, {@code exchange}, {@code scheduling}, {@code
 * settings} and the model; writes no report.
 */
package org.sparkvae.job.train;
