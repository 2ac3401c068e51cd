package org.sparkvae.job.data.shards;

import org.apache.spark.storage.StorageLevel;
import org.sparkvae.job.data.images.Packing;

/** Where the images of a run are kept. */
public enum Storage {
  /** In the executors' heaps. */
  MEMORY {
    @Override
    public ShardStore store() {
      return new ShardStore.InMemory();
    }

    @Override
    public StorageLevel ofSource() {
      return StorageLevel.MEMORY_AND_DISK();
    }

    @Override
    public Packing ofSource(Packing packing) {
      return packing;
    }
  },
  /** On the executors' local disks. */
  DISK {
    @Override
    public ShardStore store() {
      return new ShardStore.OnDisk();
    }

    @Override
    public StorageLevel ofSource() {
      return StorageLevel.DISK_ONLY();
    }

    @Override
    public Packing ofSource(Packing packing) {
      return packing.forStreams();
    }
  };

  /** A store for one set of images. */
  public abstract ShardStore store();

  /** How the blocks of a source are kept until they are cut into shards. */
  public abstract StorageLevel ofSource();

  /** How a source is packed for that. */
  public abstract Packing ofSource(Packing packing);
}
