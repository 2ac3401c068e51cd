/**
 * Priors p(z): their log-density and closed-form KL terms.
 *
 * <p>May use {@code posterior} and {@code tensor}.
 */
package org.sparkvae.prior;
