package org.sparkvae.prior;

import java.io.Serializable;

/**
 * A mixture of Gaussians in numbers.
 *
 * @param weights w, [K], which sum to 1
 * @param means m, [K][latent]
 * @param covariances [K][latent][latent]
 */
public record Gaussians(double[] weights, double[][] means, double[][][] covariances)
    implements Serializable {}
