package org.sparkvae.job.data.shards;

import java.io.Serializable;
import org.sparkvae.job.data.images.Packing;

/**
 * Where the places 0 .. n - 1 lie in S shards, and these in windows of whole blocks: what a task
 * assembles at a time.
 *
 * @param images n
 * @param shards S
 * @param packing of the blocks
 */
public record ShardLayout(long images, int shards, Packing packing) implements Serializable {

  /** Images of a shard. */
  long size(int shard) {
    return images / shards + (shard < images % shards ? 1 : 0);
  }

  /** The shard and window of a place, in one number that sorts by shard, then window. */
  long key(long place) {
    return (place % shards) << 32 | (place / shards) / packing.window();
  }

  /** The shard of a key. */
  static int shard(long key) {
    return (int) (key >>> 32);
  }

  /** Number of a place within its window. */
  int slot(long place) {
    return (int) ((place / shards) % packing.window());
  }

  /** Images in the window of a key. */
  int windowSize(long key) {
    long first = (key & 0xffff_ffffL) * packing.window();
    return (int) Math.min(packing.window(), size(shard(key)) - first);
  }
}
