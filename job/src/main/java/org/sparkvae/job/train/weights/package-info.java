/**
 * Parameters and optimiser state as plain arrays: how large they are, how they get out of a network
 * and back, and how those of several shards are averaged.
 *
 * <p>May use {@code settings}, and of the model {@code dl4j}, {@code host}, {@code vae} and {@code
 * tensor.kernels}; knows no shards and no images.
 */
package org.sparkvae.job.train.weights;
