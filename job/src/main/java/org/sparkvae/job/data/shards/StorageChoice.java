package org.sparkvae.job.data.shards;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.data.images.StoredBlocks;
import org.sparkvae.job.settings.StorageSetting;

/**
 * Chooses where the images of a run are kept, before they are read.
 *
 * <p>In memory, where the sets take at most half of what Spark has for cached blocks in each
 * executor: while a source is cut into shards, its images are held twice. Of each set, an executor
 * is counted to have as many of the largest shards as it gets where they are spread evenly.
 *
 * @param room of the executors
 */
public record StorageChoice(StorageRoom room) {
  private static final int TIMES_HELD = 2;

  /** For the executors that a session has at this moment. */
  public static StorageChoice on(JavaSparkContext spark) {
    return new StorageChoice(StorageRoom.of(spark));
  }

  /**
   * The choice.
   *
   * @param sets that are about to be loaded
   */
  public Storage of(StorageSetting setting, List<SetSize> sets) {
    return switch (setting) {
      case MEMORY -> Storage.MEMORY;
      case DISK -> Storage.DISK;
      case AUTO -> fits(sets) ? Storage.MEMORY : Storage.DISK;
    };
  }

  private boolean fits(List<SetSize> sets) {
    long needed = 0;
    for (SetSize set : sets) {
      needed = Math.addExact(needed, set.bytesOf(room.executors()));
    }
    return needed <= room.bytes() / TIMES_HELD;
  }

  /**
   * A set that is about to be loaded.
   *
   * @param images at most
   * @param shards that it is cut into
   * @param values of an image
   * @param nameBytes of heap that the name of an image takes, 0 where none is kept
   */
  public record SetSize(long images, int shards, int values, long nameBytes) {
    /** Bytes of the shards that one of so many executors gets, at most. */
    long bytesOf(int executors) {
      long shardsOfOne = (shards + executors - 1) / executors;
      long imagesOfOne = Math.min(images, shardsOfOne * ((images + shards - 1) / shards));
      return imagesOfOne * (values + StoredBlocks.HEAD_BYTES + nameBytes);
    }
  }
}
