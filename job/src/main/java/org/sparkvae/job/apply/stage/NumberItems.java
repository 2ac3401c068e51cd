package org.sparkvae.job.apply.stage;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.sparkvae.job.apply.OfNumbers;
import org.sparkvae.job.scheduling.WorkDone;

/**
 * Numbers from 0 in groups of consecutive ones.
 *
 * @param application that is done to them
 */
record NumberItems(OfNumbers application) implements Items {
  @Override
  public long count() {
    return application.count();
  }

  @Override
  public long rows() {
    return application.count();
  }

  /** They are their own. */
  @Override
  public long digest() {
    return 0;
  }

  @Override
  public Map<Integer, String> labelNames() {
    return Map.of();
  }

  @Override
  public int groups() {
    return Math.toIntExact((application.count() - 1) / application.together() + 1);
  }

  @Override
  public Size size(GroupRange range) {
    long together = application.together();
    long items = Math.min(application.count(), range.to() * together) - range.from() * together;
    return new Size(items, items);
  }

  /** The image that is made of it. */
  @Override
  public long heapBytes(int values) {
    return values;
  }

  @Override
  public JavaRDD<Row> rows(
      JavaSparkContext spark,
      Broadcast<SharedStage> shared,
      GroupRange range,
      int tasks,
      WorkDone done) {
    OfNumbers what = application;
    List<Integer> groups = IntStream.range(range.from(), range.to()).boxed().toList();
    return spark
        .parallelize(groups, tasks)
        .mapPartitions(
            some -> {
              OfNumbers.Work work = what.on(shared.value().model().here());
              return new WorkedOn<>(
                  some,
                  group -> work.rows((long) group * what.together(), size(what, group)),
                  group -> size(what, group),
                  done);
            });
  }

  private static int size(OfNumbers application, int group) {
    long first = (long) group * application.together();
    return (int) Math.min(application.together(), application.count() - first);
  }
}
