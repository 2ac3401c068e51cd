/**
 * The model: how its parts are wired, and two uses of one recording: the training objective, and
 * the statistics of layers.
 *
 * <p>May use {@code bound}, {@code device.code}, {@code distribution}, {@code estimator}, {@code
 * evaluation}, {@code kinds}, {@code likelihood}, {@code linear}, {@code network}, {@code noise},
 * {@code optimiser}, {@code posterior}, {@code prior}, {@code step}, {@code tensor}, {@code
 * tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.vae;
