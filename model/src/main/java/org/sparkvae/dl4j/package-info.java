/**
 * The variational autoencoder as a Deeplearning4j layer in a MultiLayerNetwork, and its updaters:
 * the seam to the job.
 *
 * <p>May use {@code kinds}, {@code optimiser}, {@code step}, {@code tensor}, {@code vae},
 * Deeplearning4j and ND4J.
 */
package org.sparkvae.dl4j;
