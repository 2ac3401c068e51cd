/**
 * Priors p(z): their log-density, samples, and closed-form KL terms.
 *
 * <p>May use {@code distribution}, {@code kinds}, {@code tensor} and {@code tensor.formula}.
 */
package org.sparkvae.prior;
