package org.sparkvae.job.data;

/**
 * Lets images change shards: generation g > 0 permutes their positions by a permutation keyed by
 * seed and g, and cuts them anew. Every generation is made from the first one, so that it does not
 * depend on which generations there were before.
 *
 * @param seed the run's seed
 * @param blockImages images per packed block
 */
public record Resharding(long seed, int blockImages) {

  /**
   * A generation of a set, in the cluster's memory or on its disks when this returns. The first set
   * may be unpersisted then: Spark keeps its shuffle files, and later generations read those.
   *
   * @param first generation 0, as it was loaded
   * @param generation 0 for the first set itself
   */
  public ImageSet generation(ImageSet first, int generation) {
    if (generation == 0) {
      return first;
    }
    int shards = first.shards();
    long images = first.images();
    PositionPermutation permutation = new PositionPermutation(seed, generation, images);
    Placement placement = (shard, index) -> permutation.of(index * shards + shard);
    ShardLayout layout =
        new ShardLayout(images, shards, new Packing(blockImages, first.shape().values()));
    return Shards.place(first.blocks(), placement, layout, first.shape(), first.labelNames());
  }
}
