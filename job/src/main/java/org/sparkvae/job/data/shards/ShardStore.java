package org.sparkvae.job.data.shards;

import java.util.Arrays;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.StoredBlocks;
import org.sparkvae.job.scheduling.EveryProcess;

/** Keeps the shards of one set where the executors compute them. */
public sealed interface ShardStore {

  /** Shards that stay where they are first computed. */
  JavaRDD<ImageBlock> keep(JavaRDD<ImageBlock> shards);

  /** Lets go of what {@link #keep} returned, which must not be used any more. */
  void free(JavaRDD<ImageBlock> kept);

  /** A store of the same kind for another set. */
  ShardStore another();

  /** Bytes that a set takes at this moment, on all executors. */
  long storedBytes(ImageSet set);

  /**
   * In the heap, as arrays; Spark spills them to disk where it is short of memory. Arrays of
   * primitives are as small deserialised, and need no decoding at every round.
   */
  record InMemory() implements ShardStore {
    @Override
    public JavaRDD<ImageBlock> keep(JavaRDD<ImageBlock> shards) {
      return shards.persist(StorageLevel.MEMORY_AND_DISK());
    }

    @Override
    public void free(JavaRDD<ImageBlock> kept) {
      kept.unpersist(false);
    }

    @Override
    public ShardStore another() {
      return this;
    }

    /** Those that Spark has cached, in memory and on disk. */
    @Override
    public long storedBytes(ImageSet set) {
      return Arrays.stream(set.blocks().context().getRDDStorageInfo())
          .filter(info -> info.id() == set.blocks().id())
          .mapToLong(info -> info.memSize() + info.diskSize())
          .sum();
    }
  }

  /**
   * On local disks; the heap holds a few bytes a block, which Spark caches, so that tasks go where
   * their shard is. An executor that gets another's shard makes its own copy: blocks on disk cannot
   * be sent.
   *
   * @param set a name that no other set has
   */
  record OnDisk(String set) implements ShardStore {
    OnDisk() {
      this(UUID.randomUUID().toString());
    }

    @Override
    public JavaRDD<ImageBlock> keep(JavaRDD<ImageBlock> shards) {
      JavaRDD<ImageBlock> stored = new StoredShards(shards.rdd(), set).toJavaRDD();
      return stored.persist(StorageLevel.MEMORY_ONLY());
    }

    /** Of what the shards were made from, the shuffle's files go, too. */
    @Override
    public void free(JavaRDD<ImageBlock> kept) {
      kept.unpersist(false);
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(kept.context());
      if (spark.sc().isStopped()) {
        LocalShards.release(set);
        return;
      }
      String released = set;
      EveryProcess.run(spark, task -> LocalShards.release(released));
      // Large files: Spark is not to be stopped while it deletes them.
      kept.rdd().cleanShuffleDependencies(true);
    }

    @Override
    public ShardStore another() {
      return new OnDisk();
    }

    /** Of the images' records. */
    @Override
    public long storedBytes(ImageSet set) {
      return set.bytes() + set.images() * StoredBlocks.HEAD_BYTES;
    }
  }
}
