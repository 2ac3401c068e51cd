/**
 * Mixtures of Gaussians of any covariance in numbers: their densities, and what
 * expectation-maximisation needs of vectors. All densities are logarithms, for in many dimensions
 * they are smaller and larger than float64 holds.
 *
 * <p>May use {@code linear} and {@code prior}.
 */
package org.sparkvae.mixture;
