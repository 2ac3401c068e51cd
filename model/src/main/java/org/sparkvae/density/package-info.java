/**
 * Densities as differentiable operations: each is a formula, and for float32 arrays in host memory
 * hand-fused loops that compute the same.
 *
 * <p>Rows of a sampled matrix are ordered sample-major: row {@code s * images + i} holds sample
 * {@code s} of image {@code i}. A packed diagonal Gaussian is [images, 2 latent]: the means, then
 * the log-variances.
 *
 * <p>May use {@code host}, {@code tensor}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.density;
