/**
 * Posteriors q(z|x): reparameterised samples and their log-density.
 *
 * <p>May use {@code density}, {@code distribution}, {@code kinds}, {@code network}, {@code tensor},
 * {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.posterior;
