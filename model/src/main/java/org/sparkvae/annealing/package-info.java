/**
 * Annealed importance sampling: chains that are led from a start to p(z|x) by Hamiltonian moves,
 * and what their weights say of log p(x).
 *
 * <p>May use {@code density}, {@code evaluation}, {@code host}, {@code network}, {@code noise},
 * {@code tensor} and {@code vae}.
 */
package org.sparkvae.annealing;
