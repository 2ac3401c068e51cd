/**
 * Posteriors q(z|x): reparameterised samples and their log-density on the tape.
 *
 * <p>May use {@code tensor} only.
 */
package org.sparkvae.posterior;
