/**
 * Priors p(z): their log-density on the tape, their samples, and closed-form KL terms.
 *
 * <p>May use {@code tensor} only.
 */
package org.sparkvae.prior;
