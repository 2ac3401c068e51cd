/**
 * Likelihoods p(x|z): how the decoder's output scores an image, in nats.
 *
 * <p>May use {@code density}, {@code density.levels}, {@code distribution}, {@code kinds}, {@code
 * network}, {@code tensor}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.likelihood;
