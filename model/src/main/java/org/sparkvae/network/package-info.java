/**
 * Encoder and decoder bodies: stacks of dense layers.
 *
 * <p>May use {@code kinds}, {@code tensor} and {@code tensor.kernels}.
 */
package org.sparkvae.network;
