package org.sparkvae.job.scheduling;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/**
 * The tasks of the stages that Spark runs at a moment.
 *
 * @param done of them
 * @param all of them, those to come included; 0 where no stage runs
 */
public record RunningTasks(long done, long all) {
  /** Those of a session. */
  public static RunningTasks of(JavaSparkContext spark) {
    JavaSparkStatusTracker tracker = spark.statusTracker();
    List<SparkStageInfo> stages =
        Arrays.stream(tracker.getActiveStageIds())
            .mapToObj(tracker::getStageInfo)
            // A stage may have ended meanwhile.
            .filter(Objects::nonNull)
            .toList();
    return new RunningTasks(
        stages.stream().mapToLong(SparkStageInfo::numCompletedTasks).sum(),
        stages.stream().mapToLong(SparkStageInfo::numTasks).sum());
  }
}
