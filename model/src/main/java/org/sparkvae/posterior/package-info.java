/**
 * Posteriors q(z|x): reparameterised samples and their log-density.
 *
 * <p>May use {@code distribution}, {@code tensor} and {@code tensor.formula}.
 */
package org.sparkvae.posterior;
