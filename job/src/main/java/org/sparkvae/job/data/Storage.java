package org.sparkvae.job.data;

import org.apache.spark.storage.StorageLevel;

/** Where the images of a run are kept. */
public enum Storage {
  /** In the executors' heaps. */
  MEMORY {
    @Override
    ShardStore store() {
      return new ShardStore.InMemory();
    }

    @Override
    StorageLevel ofSource() {
      return StorageLevel.MEMORY_AND_DISK();
    }

    @Override
    Packing ofSource(Packing packing) {
      return packing;
    }
  },
  /** On the executors' local disks. */
  DISK {
    @Override
    ShardStore store() {
      return new ShardStore.OnDisk();
    }

    @Override
    StorageLevel ofSource() {
      return StorageLevel.DISK_ONLY();
    }

    @Override
    Packing ofSource(Packing packing) {
      return packing.forStreams();
    }
  };

  /** A store for one set of images. */
  abstract ShardStore store();

  /** How the blocks of a source are kept until they are cut into shards. */
  abstract StorageLevel ofSource();

  /** How a source is packed for that. */
  abstract Packing ofSource(Packing packing);
}
