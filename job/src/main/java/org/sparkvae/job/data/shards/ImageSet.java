package org.sparkvae.job.data.shards;

import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.images.StoredBlocks;

/**
 * A set of images in shards: partition s of {@code blocks} is shard s, its blocks in order.
 *
 * @param shape of every image
 * @param images how many
 * @param shards how many partitions; sizes differ by at most one image
 * @param blocks persisted; the caller unpersists
 * @param labelNames what labels stand for, where they are not the numbers themselves
 * @param nameBytes of heap that the name of an image takes, 0 where they have none
 * @param store keeps the blocks
 */
public record ImageSet(
    ImageShape shape,
    long images,
    int shards,
    JavaRDD<ImageBlock> blocks,
    Map<Integer, String> labelNames,
    long nameBytes,
    ShardStore store) {

  /** A set of images without names whose blocks the caller has persisted. */
  public ImageSet(
      ImageShape shape,
      long images,
      int shards,
      JavaRDD<ImageBlock> blocks,
      Map<Integer, String> labelNames) {
    this(shape, images, shards, blocks, labelNames, 0, new ShardStore.InMemory());
  }

  /** Bytes of all images' values. */
  public long bytes() {
    return images * shape.values();
  }

  /** Bytes of heap that an image takes: its values, id, label and name. */
  public long imageBytes() {
    return shape.values() + StoredBlocks.HEAD_BYTES + nameBytes;
  }

  /** Bytes of heap that the values of the largest shard take. */
  public long heapBytesOfAShard() {
    long largest = (images + shards - 1) / shards;
    return store instanceof ShardStore.InMemory ? largest * shape.values() : 0;
  }

  /** Where the images are, in a few words. */
  public String place() {
    return store instanceof ShardStore.InMemory ? "in memory" : "on local disks";
  }

  /** Bytes that the kept blocks take at this moment, in memory and on disk, on all executors. */
  public long storedBytes() {
    return store.storedBytes(this);
  }

  /** Lets go of the blocks; the set must not be used any more. */
  public void unpersist() {
    store.free(blocks);
  }
}
