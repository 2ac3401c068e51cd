/**
 * The variational autoencoder: assembles encoder, posterior, prior, decoder and likelihood into log
 * w = log p(x|z) + log p(z) - log q(z|x), for training steps and for evaluation.
 *
 * <p>May use {@code prior}, {@code posterior}, {@code likelihood}, {@code bound}, {@code network},
 * {@code kinds} and {@code tensor}; knows neither Deeplearning4j nor Spark.
 */
package org.sparkvae.vae;
