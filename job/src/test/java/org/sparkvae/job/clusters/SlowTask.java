package org.sparkvae.job.clusters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * A Spark plugin that lets the first attempt at the last task of some stages stand still, until
 * Spark takes it back because another attempt was quicker.
 */
public final class SlowTask implements SparkPlugin {
  /** A regular expression of job descriptions. */
  static final String AT = "spark.test.slowAt";

  /** A folder, which gets a file for each task that was taken back: the job it was of. */
  static final String NOTES = "spark.test.slowNotes";

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Slow();
  }

  private static final class Slow implements ExecutorPlugin {
    private String at;
    private Path notes;

    @Override
    public void init(PluginContext context, Map<String, String> fromDriver) {
      at = context.conf().get(AT);
      notes = Path.of(context.conf().get(NOTES));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      String job = task.getLocalProperty("spark.job.description");
      boolean last = task.partitionId() == task.numPartitions() - 1;
      if (job != null && job.matches(at) && last && task.attemptNumber() == 0) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          note(task.stageId(), job);
        }
      }
    }

    private void note(int stage, String job) {
      try {
        Files.writeString(notes.resolve("stage-" + stage), job);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
