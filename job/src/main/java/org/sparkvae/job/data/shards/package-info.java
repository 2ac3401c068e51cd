/**
 * Sets of images in shards, one partition each: how images move to their shards in one shuffle of
 * packed pieces, how they change shards between epochs, and where the shards are kept, in the
 * executors' heaps or, where those are small, in files on their local disks.
 *
 * <p>May use {@code data.images}, {@code data.faults}, {@code settings}, {@code scheduling} to
 * reach every process, {@code noise}, and Spark.
 */
package org.sparkvae.job.data.shards;
