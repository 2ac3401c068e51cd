/**
 * Likelihoods p(x|z): how the decoder's output scores an image, in nats.
 *
 * <p>May use {@code kinds} and {@code tensor} only.
 */
package org.sparkvae.likelihood;
