/**
 * What a training step does: one player maximises a bound, or several move blocks of the parameters
 * in turns.
 *
 * <p>May use {@code optimiser}, {@code step}, {@code tensor} and {@code vae}.
 */
package org.sparkvae.task;
