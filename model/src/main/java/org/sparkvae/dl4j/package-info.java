/**
 * The variational autoencoder as a Deeplearning4j layer in a MultiLayerNetwork, and its updaters:
 * the seam to the job.
 *
 * <p>May use {@code curvature}, {@code codec}, {@code kinds}, {@code noise}, {@code optimiser},
 * {@code proposal}, {@code step}, {@code tensor}, {@code tensor.kernels} and {@code vae}.
 */
package org.sparkvae.dl4j;
