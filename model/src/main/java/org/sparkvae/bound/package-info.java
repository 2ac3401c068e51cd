/**
 * Bounds on log p(x): each turns log-weights [samples, images] into a value per image and the
 * weight of each sample in the gradient.
 *
 * <p>Plain float64 arithmetic on the host.
 *
 * <p>May use {@code kinds}.
 */
package org.sparkvae.bound;
