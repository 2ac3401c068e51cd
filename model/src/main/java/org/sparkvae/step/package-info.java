/**
 * What a training step is given and gives back: images, settings of the epoch, players, measures.
 *
 * <p>May use {@code tensor}, {@code tensor.kernels} and {@code noise}.
 */
package org.sparkvae.step;
