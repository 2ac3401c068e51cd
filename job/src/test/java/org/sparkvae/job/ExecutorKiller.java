package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * A Spark plugin that lets one executor die of SIGKILL, when it has begun a task of a job whose
 * description matches.
 */
public final class ExecutorKiller implements SparkPlugin {
  /** A regular expression of job descriptions. */
  static final String AT = "spark.test.killAt";

  /** A file that does not exist; the executor that dies writes its process id into it. */
  static final String DEAD = "spark.test.dead";

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Killer();
  }

  private static final class Killer implements ExecutorPlugin {
    private String at;
    private Path dead;

    @Override
    public void init(PluginContext context, Map<String, String> fromDriver) {
      at = context.conf().get(AT);
      dead = Path.of(context.conf().get(DEAD));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      String job = task.getLocalProperty("spark.job.description");
      boolean last = task.partitionId() == task.numPartitions() - 1;
      // The last: where there are several, the other executor has begun its part, too.
      if (job != null && job.matches(at) && last) {
        die();
      }
    }

    private void die() {
      long pid = ProcessHandle.current().pid();
      try {
        Files.writeString(dead, Long.toString(pid), StandardOpenOption.CREATE_NEW);
        Death.now();
      } catch (FileAlreadyExistsException e) {
        // One has died already.
        return;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
