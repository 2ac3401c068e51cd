/**
 * The benchmark behind {@code submit/bench}: measures this machine, reads the speeds of finished
 * runs, and sets them beside those of other trainers.
 *
 * <p>A measurement is a line of JSON in one file, whoever made it, so that programs in other
 * languages add theirs. May use {@code checkpoint} for the epochs' records, and of the model {@code
 * tensor.kernels}; nothing else in the job uses it.
 */
package org.sparkvae.job.bench;
