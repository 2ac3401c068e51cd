/**
 * Encoder and decoder bodies: stacks of dense layers.
 *
 * <p>May use {@code kinds}, {@code tensor}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.network;
