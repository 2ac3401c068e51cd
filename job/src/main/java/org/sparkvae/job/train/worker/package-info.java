/**
 * What a task does on its shard: its images, in the order of the epoch, and the minibatch steps of
 * a round on arrays that it keeps.
 *
 * <p>May use {@code train.weights}, {@code data.images}, {@code compute}, {@code scheduling},
 * {@code settings}, and of the model {@code bound}, {@code curvature}, {@code codec}, {@code dl4j},
 * {@code estimator}, {@code kinds}, {@code objective}, {@code optimiser}, {@code step}, {@code
 * task}, {@code host}, {@code noise}, {@code tensor.kernels} and {@code vae}.
 */
package org.sparkvae.job.train.worker;
