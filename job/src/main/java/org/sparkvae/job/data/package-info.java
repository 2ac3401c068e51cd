/**
 * Reads the images of a run, and cuts them into the sets that it trains, validates and tests on.
 *
 * <p>{@link org.sparkvae.job.data.ImageLoader} opens the sources, reads each once into cached
 * blocks in source order, and moves the images to their shards. What is wrong with an image travels
 * as data from the tasks to the driver, which reports the first in source order. Pixels never
 * gather on the driver, but for those of pictures.
 *
 * <p>May use {@code data.images}, {@code data.conversion}, {@code data.source}, {@code data.idx},
 * {@code data.folder}, {@code data.parquet}, {@code data.shards}, {@code data.faults}, {@code
 * settings}, {@code noise}, Spark, and Jackson.
 */
package org.sparkvae.job.data;
