package org.sparkvae.proposal;

/**
 * A linear map of the noise that a posterior's draws are made of, e = L u: draws come from noise of
 * covariance L L^T.
 *
 * @param transposed L^T, [n, n] row by row, not a copy
 * @param logDeterminant log |det L|
 */
public record NoiseFactor(float[] transposed, double logDeterminant) {}
