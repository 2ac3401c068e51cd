/**
 * Distributed training, epoch by epoch: from what it begins with, over checkpoints and validation,
 * to the trained model.
 *
 * <p>May use {@code train.rounds}, {@code train.worker}, {@code train.weights}, {@code checkpoint},
 * {@code fitting}, {@code compute}, {@code data.images}, {@code data.shards}, {@code settings}, and
 * of the model {@code bound}, {@code codec}, {@code dl4j}, {@code kinds}, {@code mixture}, {@code
 * network}, {@code optimiser}, {@code prior}, {@code step}, {@code task}, {@code noise}, {@code
 * tensor.kernels} and {@code vae}; writes no report.
 */
package org.sparkvae.job.train;
