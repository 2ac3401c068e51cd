/**
 * The benchmark behind {@code submit/bench}: measures this machine and the steps of models, reads
 * the speeds of finished runs, and sets them beside those of other trainers.
 *
 * <p>A measurement is a line of JSON in one file, whoever made it, so that programs in other
 * languages add theirs. May use {@code checkpoint} for the epochs' records, {@code compute}, {@code
 * settings}, {@code settings.reading}, {@code data.images}, {@code train}, {@code train.weights}
 * and {@code train.worker} for steps, and of the model {@code network}, {@code noise}, {@code
 * proposal}, {@code tensor.kernels} and {@code vae}; nothing else in the job uses it.
 */
package org.sparkvae.job.bench;
