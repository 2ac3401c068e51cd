/**
 * What training asks around an objective: which bounds, estimators and models go together, how much
 * gradients vary, and the derivative of one sample where no other has one.
 *
 * <p>May use {@code bound}, {@code distribution}, {@code estimator}, {@code kinds}, {@code
 * network}, {@code step}, {@code tensor}, {@code tensor.kernels} and {@code vae}.
 */
package org.sparkvae.objective;
