/**
 * Priors p(z): their log-density, samples, and closed-form KL terms.
 *
 * <p>May use {@code density}, {@code distribution}, {@code kinds}, {@code network}, {@code
 * posterior}, {@code tensor}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.prior;
