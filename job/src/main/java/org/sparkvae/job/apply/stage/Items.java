package org.sparkvae.job.apply.stage;

import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.sparkvae.job.scheduling.WorkDone;

/**
 * What an application is done to, in groups that are worked on together. Groups depend on the items
 * alone, so that results do not depend on how the work is cut.
 */
sealed interface Items permits ImageItems, NumberItems {
  /** How many items. */
  long count();

  /** How many rows come of them. */
  long rows();

  /** A digest of what the items are. */
  long digest();

  /** What labels of the items stand for; empty where they have none. */
  Map<Integer, String> labelNames();

  /** How many groups. */
  int groups();

  /**
   * The rows of some groups, in the order of the items.
   *
   * @param shared on the executors
   * @param range of the groups
   * @param tasks to spread them over, at most as many as there are groups
   * @param done counts items that are done
   */
  JavaRDD<Row> rows(
      JavaSparkContext spark,
      Broadcast<SharedStage> shared,
      GroupRange range,
      int tasks,
      WorkDone done);

  /** How many items, and rows, some groups have. */
  Size size(GroupRange range);

  /**
   * Bytes of heap that an item takes in the task that works on it.
   *
   * @param values of an image of the model
   */
  long heapBytes(int values);

  /** So many items, of which so many rows come. */
  record Size(long items, long rows) {}
}
