/**
 * The rounds of an epoch: all shards train from the same weights, whose results are averaged.
 * Whether the shards share one JVM, pass their weights to each other, or go by way of the driver,
 * the bits are the same.
 *
 * <p>May use {@code train.worker}, {@code train.weights}, {@code exchange}, {@code scheduling},
 * {@code compute}, {@code settings}, and of the model {@code dl4j}, {@code optimiser}, {@code
 * step}, {@code tensor.kernels} and {@code vae}.
 */
package org.sparkvae.job.train.rounds;
