/**
 * Codes of images, images of codes, and the mixture that a model's codes were fitted by: what
 * pictures are made of.
 *
 * <p>May use {@code distribution}, {@code linear}, {@code prior}, {@code tensor}, {@code
 * tensor.kernels} and {@code vae}.
 */
package org.sparkvae.codec;
