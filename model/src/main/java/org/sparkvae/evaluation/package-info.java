/**
 * How log p(x) of an image is estimated, as settings declare it.
 *
 * <p>May use {@code kinds}.
 */
package org.sparkvae.evaluation;
