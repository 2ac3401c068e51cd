/**
 * Image sources, and the shards of packed uint8 blocks that they are cut into.
 *
 * <p>{@link org.sparkvae.job.data.ImageLoader} opens the sources, reads each once into cached
 * blocks in source order, and moves the images to their shards in one shuffle of packed pieces.
 * What is wrong with an image travels as data from the tasks to the driver, which reports the first
 * in source order. Pixels never gather on the driver. Shards are kept in the executors' heaps, or
 * where those are small, in files on their local disks.
 *
 * <p>May use Spark, Hadoop, {@code settings}, {@code scheduling}, {@code compute} for the tasks
 * that share a heap, and of the model {@code tensor} for its noise; knows no model.
 */
package org.sparkvae.job.data;
