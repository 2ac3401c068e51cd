/**
 * What a model's distributions tell of its parameters: the Fisher information of dense layers in
 * Kronecker factors, for natural gradients.
 *
 * <p>May use {@code distribution}, {@code kinds}, {@code linear}, {@code network}, {@code
 * optimiser}, {@code step}, {@code tensor}, {@code tensor.formula}, {@code tensor.kernels} and
 * {@code vae}.
 */
package org.sparkvae.curvature;
