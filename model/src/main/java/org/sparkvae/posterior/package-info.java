/**
 * Posteriors q(z|x): reparameterised samples and their log-density.
 *
 * <p>May use {@code distribution} and {@code tensor}.
 */
package org.sparkvae.posterior;
