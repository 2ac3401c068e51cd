package org.sparkvae.job.evaluate.scoring;

import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.shards.StreamedShuffle;
import scala.Tuple2;

/** The scores of many images, sorted by id, in partitions that depend on the ids alone. */
public final class ImageScores {
  private static final int IMAGES_PER_PARTITION = 50_000;

  private ImageScores() {}

  /**
   * Scores images when it is asked for: many short tasks compute parts, which a second stage joins.
   *
   * @param images a set, of which others than those are left out
   * @param ids of the images to score
   * @param plan of the tasks
   * @param task computes the parts
   */
  public static JavaRDD<ImageScore> computed(
      ImageSet images, ImageIds ids, WorkPlan plan, ScoreTask task) {
    long[] offsets = ids.offsets();
    long first = ids.first();
    long last = ids.last();
    int samples = plan.samples();
    JavaPairRDD<Integer, ImageWork> works =
        images
            .blocks()
            .mapPartitionsWithIndex(
                (partition, part) -> new WorkIterator(plan, first, last, offsets[partition], part),
                false)
            .mapToPair(work -> work);
    return StreamedShuffle.ofImages(
            works.partitionBy(new TaskPartitioner(plan.tasks())), images.imageBytes())
        .mapPartitionsToPair(task)
        .repartitionAndSortWithinPartitions(ids.ranges(IMAGES_PER_PARTITION))
        .mapPartitions(parts -> new JoinIterator(parts, samples));
  }

  /**
   * Sorts scores.
   *
   * @param scores in any order
   * @param ids of the same images
   */
  public static JavaRDD<ImageScore> sorted(JavaRDD<ImageScore> scores, ImageIds ids) {
    return scores
        .mapToPair(score -> new Tuple2<>(score.id(), score))
        .repartitionAndSortWithinPartitions(ids.ranges(IMAGES_PER_PARTITION))
        .values();
  }
}
