package org.sparkvae.job.data.shards;

import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.faults.LocalDiskException;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;

/** Moves images to shards through one shuffle of packed pieces. */
public final class Shards {
  private Shards() {}

  /**
   * The images of a placement as a set: shard s is partition s, its images in the order of their
   * places.
   *
   * @param from images, partitions as the placement knows them
   * @param placement gives every place 0 .. n - 1 to exactly one image
   * @param layout of the n images in shards
   * @param shape of the images
   * @param labelNames what the images' labels stand for
   * @param store keeps the shards
   * @throws LocalDiskException where a local disk does not take them
   */
  public static ImageSet place(
      JavaRDD<ImageBlock> from,
      Placement placement,
      ShardLayout layout,
      ImageShape shape,
      Map<Integer, String> labelNames,
      ShardStore store) {
    JavaPairRDD<Long, Piece> pieces =
        JavaPairRDD.fromJavaRDD(
                from.mapPartitionsWithIndex(
                    (partition, images) -> new PieceCutter(partition, images, placement, layout),
                    false))
            .repartitionAndSortWithinPartitions(new ByShard(layout.shards()));
    // A piece is large: none is to be held once it has passed.
    JavaRDD<ImageBlock> blocks =
        store.keep(
            StreamedShuffle.of(pieces, 1)
                .mapPartitions(sorted -> new WindowAssembler(sorted, layout)));
    long found = count(blocks);
    if (found != layout.images()) {
      throw new IllegalStateException(found + " images were placed of " + layout.images());
    }
    return new ImageSet(
        shape,
        layout.images(),
        layout.shards(),
        blocks,
        labelNames,
        layout.packing().nameBytes(),
        store);
  }

  private static long count(JavaRDD<ImageBlock> blocks) {
    try {
      return blocks.map(block -> (long) block.size()).fold(0L, Long::sum);
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      throw LocalDiskException.of(e);
    }
  }

  /** Sends a key to the partition of its shard. */
  private static final class ByShard extends Partitioner {
    private final int shards;

    ByShard(int shards) {
      this.shards = shards;
    }

    @Override
    public int numPartitions() {
      return shards;
    }

    @Override
    public int getPartition(Object key) {
      return ShardLayout.shard((Long) key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByShard that && that.shards == shards;
    }

    @Override
    public int hashCode() {
      return shards;
    }
  }
}
