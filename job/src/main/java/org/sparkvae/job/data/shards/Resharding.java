package org.sparkvae.job.data.shards;

import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.data.images.Packing;

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
   * A generation of a set, kept where the first one is when this returns.
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
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(first.blocks().context());
    Packing packing = Packing.of(spark, blockImages, first.shape().values());
    ShardLayout layout = new ShardLayout(images, shards, packing);
    return Shards.place(
        first.blocks(),
        placement,
        layout,
        first.shape(),
        first.labelNames(),
        first.store().another());
  }
}
