/**
 * How log p(x) of images is estimated: what a settings file says of it.
 *
 * <p>May use {@code kinds}, {@code noise} and {@code tensor}.
 */
package org.sparkvae.evaluation;
