package org.sparkvae.job.data;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * A set of images in shards: partition s of {@code blocks} is shard s, its blocks in order.
 *
 * @param shape of every image
 * @param images how many
 * @param shards how many partitions; sizes differ by at most one image
 * @param blocks persisted (memory and disk); the caller unpersists
 * @param labelNames what labels stand for, where they are not the numbers themselves
 */
public record ImageSet(
    ImageShape shape,
    long images,
    int shards,
    JavaRDD<ImageBlock> blocks,
    Map<Integer, String> labelNames) {
  /** Bytes that the cached blocks take at this moment, in memory and on disk, on all executors. */
  public long storedBytes() {
    return Arrays.stream(blocks.context().getRDDStorageInfo())
        .filter(info -> info.id() == blocks.id())
        .mapToLong(info -> info.memSize() + info.diskSize())
        .sum();
  }

  /** Frees the cached blocks. */
  public void unpersist() {
    blocks.unpersist(false);
  }
}
