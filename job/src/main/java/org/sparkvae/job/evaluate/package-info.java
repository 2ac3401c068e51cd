/**
 * The distributed importance-sampling pass over a test set, which goes on where a job before it was
 * cut off.
 *
 * <p>May use {@code evaluate.table}, {@code evaluate.summary}, {@code evaluate.scoring}, {@code
 * checkpoint}, {@code data.images}, {@code data.shards}, {@code data.faults}, {@code scheduling},
 * {@code settings}, {@code compute}, {@code report.summary} for readable numbers, {@code table} for
 * marks, and of the model {@code vae}, {@code likelihood}, {@code annealing} and {@code
 * evaluation}.
 */
package org.sparkvae.job.evaluate;
