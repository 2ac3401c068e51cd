/**
 * Priors p(z): their log-density, samples, and closed-form KL terms.
 *
 * <p>May use {@code density}, {@code distribution} and {@code tensor}.
 */
package org.sparkvae.prior;
