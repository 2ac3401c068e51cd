package org.sparkvae.job.compute;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.sparkvae.job.settings.SettingsException;
import scala.Tuple2;

/** Refuses settings of Spark's that no task would ever run with. */
public final class GpuScheduling {
  private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?");
  private static final Pattern RESOURCE =
      Pattern.compile("spark\\.(executor|task)\\.resource\\..*");
  private static final String TASK_GPUS = "spark.task.resource.gpu.amount";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  private GpuScheduling() {}

  /**
   * Checks Spark's settings before a session starts.
   *
   * @throws SettingsException for resources in local mode, where tasks would wait for ever; for
   *     more than one GPU a task, which would lie idle; and for GPUs of executors that no task asks
   *     for
   */
  public static void check(SparkConf conf) {
    if (LOCAL.matcher(conf.get("spark.master", "")).matches()) {
      resource(conf)
          .ifPresent(
              key -> {
                throw new SettingsException(
                    key
                        + " is set, but in local mode Spark has no executors to find resources on, and tasks would wait for ever: leave it out, and name GPUs in compute.gpus");
              });
      return;
    }
    if (conf.contains(EXECUTOR_GPUS) && !conf.contains(TASK_GPUS)) {
      throw new SettingsException(
          EXECUTOR_GPUS
              + " is set, but "
              + TASK_GPUS
              + " is not, and no task would get a GPU: set it to 1");
    }
    if (conf.contains(TASK_GPUS) && conf.getDouble(TASK_GPUS, 1) > 1) {
      throw new SettingsException(
          TASK_GPUS
              + " is "
              + conf.get(TASK_GPUS)
              + ", but a task computes on one GPU: set it to 1, or to a fraction where tasks share");
    }
  }

  private static Optional<String> resource(SparkConf conf) {
    for (Tuple2<String, String> setting : conf.getAll()) {
      if (RESOURCE.matcher(setting._1()).matches()) {
        return Optional.of(setting._1());
      }
    }
    return Optional.empty();
  }
}
