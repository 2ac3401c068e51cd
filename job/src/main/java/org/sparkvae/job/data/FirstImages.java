package org.sparkvae.job.data;

import java.util.Iterator;
import java.util.List;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;

/** The first images of a set, brought to the driver; for pictures. */
public final class FirstImages {
  private FirstImages() {}

  /**
   * The first images in the order of their positions: of every shard the first, then of every shard
   * the second, and so on.
   *
   * @param set in source order as it is loaded; in that of its generation after resharding
   * @param count how many; all where the set has fewer
   */
  public static ImageBlock of(ImageSet set, int count) {
    int images = (int) Math.min(count, set.images());
    int shards = set.shards();
    int values = set.shape().values();
    List<ImageBlock> heads =
        set.blocks()
            .mapPartitionsWithIndex(
                (shard, blocks) -> head(blocks, (images - shard + shards - 1) / shards, values),
                false)
            .collect();
    ImageBlock first = ImageBlock.ofSize(images, values);
    for (int p = 0; p < images; p++) {
      heads.get(p % shards).copy(p / shards, first, p);
    }
    return first;
  }

  private static Iterator<ImageBlock> head(Iterator<ImageBlock> blocks, int count, int values) {
    ImageBlock head = ImageBlock.ofSize(count, values);
    for (int filled = 0; filled < count; ) {
      ImageBlock block = blocks.next();
      for (int i = 0; i < block.size() && filled < count; i++) {
        block.copy(i, head, filled++);
      }
    }
    return List.of(head).iterator();
  }
}
