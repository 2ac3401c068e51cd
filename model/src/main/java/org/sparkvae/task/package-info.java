/**
 * What a training step does: one player maximises a bound, or several move blocks of the parameters
 * in turns.
 *
 * <p>May use {@code objective}, {@code optimiser}, {@code step}, {@code tensor}, {@code
 * tensor.kernels} and {@code vae}.
 */
package org.sparkvae.task;
