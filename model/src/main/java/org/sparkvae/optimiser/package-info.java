/**
 * Optimisers: how a gradient of the loss becomes a step of the parameters.
 *
 * <p>May use {@code kinds} and {@code tensor.kernels}.
 */
package org.sparkvae.optimiser;
