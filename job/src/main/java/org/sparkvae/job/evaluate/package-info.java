/**
 * The distributed importance-sampling pass: log p(x) of every image with its standard error.
 *
 * <p>May use {@code data}, {@code settings}, {@code checkpoint}, {@code scheduling} and the model.
 */
package org.sparkvae.job.evaluate;
