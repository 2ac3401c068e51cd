/**
 * What missing pixels of an image are likely to be, given those that were observed: the ways of
 * finding out, a record a kind, and their computation image by image.
 *
 * <p>May use {@code codec}, {@code distribution}, {@code importance}, {@code kinds}, {@code
 * network}, {@code noise}, {@code tensor}, {@code tensor.formula}, {@code tensor.kernels} and
 * {@code vae}.
 */
package org.sparkvae.imputation;
