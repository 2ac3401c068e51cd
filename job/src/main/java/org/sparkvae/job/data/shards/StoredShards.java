package org.sparkvae.job.data.shards;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.sparkvae.job.data.images.ImageBlock;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The same shards, their images on the local disks of the executor that computes them. What they
 * are made from is computed only where a shard is not there yet.
 */
final class StoredShards extends RDD<ImageBlock> {
  private static final ClassTag<ImageBlock> BLOCK = ClassTag$.MODULE$.apply(ImageBlock.class);

  private final String set;

  /**
   * Stores shards.
   *
   * @param set a name that no other set has
   */
  StoredShards(RDD<ImageBlock> shards, String set) {
    super(shards, BLOCK);
    this.set = set;
  }

  @Override
  public Iterator<ImageBlock> compute(Partition shard, TaskContext task) {
    RDD<ImageBlock> images = firstParent(BLOCK);
    List<ImageBlock> blocks =
        LocalShards.of(
            set,
            shard.index(),
            () -> JavaConverters.asJavaIteratorConverter(images.iterator(shard, task)).asJava());
    return JavaConverters.asScalaIteratorConverter(blocks.iterator()).asScala();
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(BLOCK).partitions();
  }
}
