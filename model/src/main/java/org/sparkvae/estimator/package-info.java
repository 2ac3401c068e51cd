/**
 * How the derivative of a bound reaches the parameters of the posterior: what flows through its
 * draws, and what through their density.
 *
 * <p>May use {@code bound}, {@code distribution}, {@code kinds}, {@code network}, {@code tensor},
 * {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.estimator;
