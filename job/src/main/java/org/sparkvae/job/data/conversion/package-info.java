/**
 * Turns an image as a source has it, a PNG or JPEG file or values of some scale, of any size and
 * colour, into bytes of the one shape and scale that all images of the source get. An image that is
 * damaged, or larger than images may be, is refused before it takes memory.
 *
 * <p>May use {@code data.images}, {@code data.faults}, {@code settings}, and ImageJ; nothing of
 * Spark.
 */
package org.sparkvae.job.data.conversion;
