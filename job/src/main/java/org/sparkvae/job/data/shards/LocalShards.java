package org.sparkvae.job.data.shards;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.sparkvae.job.data.faults.LocalDiskException;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageFileWriter;
import org.sparkvae.job.data.images.StoredBlocks;

/**
 * The shards that lie on the local disks of this process, each written once, until their set is
 * released.
 *
 * <p>Spark caches the blocks too, to know where they are; where it lets go of them, they are still
 * here.
 */
final class LocalShards {
  private static final ConcurrentMap<String, ConcurrentMap<Integer, Slot>> SETS =
      new ConcurrentHashMap<>();

  private LocalShards() {}

  /**
   * The blocks of a shard.
   *
   * @param set a name that no other set has
   * @param images the blocks to write where the shard is not here yet, read once
   * @throws LocalDiskException where the disk does not take them
   */
  static List<ImageBlock> of(String set, int shard, Supplier<Iterator<ImageBlock>> images) {
    return SETS.computeIfAbsent(set, s -> new ConcurrentHashMap<>())
        .computeIfAbsent(shard, s -> new Slot())
        .get(images)
        .blocks();
  }

  /** Gives the space of a set's shards back; a task that still reads them fails. */
  static void release(String set) {
    ConcurrentMap<Integer, Slot> slots = SETS.remove(set);
    if (slots != null) {
      slots.values().forEach(Slot::close);
    }
  }

  /** How many shards of a set are here. */
  static int count(String set) {
    return SETS.getOrDefault(set, new ConcurrentHashMap<>()).size();
  }

  /** A shard, or the place for one; only one task writes it. */
  private static final class Slot {
    private StoredBlocks shard;

    synchronized StoredBlocks get(Supplier<Iterator<ImageBlock>> images) {
      if (shard == null) {
        shard = write(images.get());
      }
      return shard;
    }

    synchronized void close() {
      try {
        if (shard != null) {
          shard.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private static StoredBlocks write(Iterator<ImageBlock> images) {
      try (ImageFileWriter writer = new ImageFileWriter(file())) {
        images.forEachRemaining(writer::add);
        return writer.finish();
      }
    }

    /** A file that does not exist, where Spark spreads its own over the local disks. */
    private static File file() {
      return SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
    }
  }
}
