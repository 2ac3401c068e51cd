/**
 * Probabilities of the levels of pixels as differentiable operations: discretised logistics,
 * mixtures of them, and categories.
 *
 * <p>May use {@code density}, {@code device.code}, {@code host}, {@code tensor}, {@code
 * tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.density.levels;
