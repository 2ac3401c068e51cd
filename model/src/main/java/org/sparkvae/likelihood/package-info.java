/**
 * Likelihoods p(x|z): how the decoder's output scores an image, in nats.
 *
 * <p>May use {@code distribution}, {@code kinds}, {@code network}, {@code tensor} and {@code
 * tensor.formula}.
 */
package org.sparkvae.likelihood;
