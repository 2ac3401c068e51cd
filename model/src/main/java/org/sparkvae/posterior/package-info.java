/**
 * Posteriors q(z|x): reparameterised samples and their log-density.
 *
 * <p>May use {@code tensor} only.
 */
package org.sparkvae.posterior;
