/**
 * What an image's samples are drawn from, and their importance weights: the posterior as the
 * encoder gives it, or one improved for each image.
 *
 * <p>May use {@code bound}, {@code evaluation}, {@code host}, {@code noise}, {@code optimiser},
 * {@code network}, {@code tensor}, {@code tensor.kernels} and {@code vae}.
 */
package org.sparkvae.proposal;
