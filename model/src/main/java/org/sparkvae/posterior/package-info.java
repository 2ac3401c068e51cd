/**
 * Posteriors q(z|x): reparameterised samples and their log-density.
 *
 * <p>May use {@code density}, {@code device.code}, {@code distribution}, {@code kinds}, {@code
 * network}, {@code posterior.loop}, {@code tensor}, {@code tensor.formula} and {@code
 * tensor.kernels}.
 */
package org.sparkvae.posterior;
