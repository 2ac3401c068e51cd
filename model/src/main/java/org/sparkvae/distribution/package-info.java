/**
 * What posteriors, priors and likelihoods have in common: they score values, and some are drawn
 * from.
 *
 * <p>May use {@code tensor}.
 */
package org.sparkvae.distribution;
