package org.sparkvae.job.clusters;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.storage.BlockId;
import org.sparkvae.job.fixtures.Death;
import scala.runtime.AbstractFunction1;

/**
 * A Spark plugin that lets one executor die of SIGKILL, when it has begun a task of a job whose
 * description matches, or later, when it holds a certain block.
 */
public final class ExecutorKiller implements SparkPlugin {
  /** A regular expression of job descriptions. */
  static final String AT = "spark.test.killAt";

  /** A regular expression of the names of blocks to wait for; none to die at once. */
  static final String WITH_BLOCK = "spark.test.killWithBlock";

  /** Whether the process that started the executor dies first, so that none takes its place. */
  static final String PARENT_TOO = "spark.test.killParentToo";

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
    private String block;
    private boolean parentToo;

    @Override
    public void init(PluginContext context, Map<String, String> fromDriver) {
      at = context.conf().get(AT);
      dead = Path.of(context.conf().get(DEAD));
      block = context.conf().get(WITH_BLOCK, "");
      parentToo = context.conf().getBoolean(PARENT_TOO, false);
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      String job = task.getLocalProperty("spark.job.description");
      boolean last = task.partitionId() == task.numPartitions() - 1;
      // The last: where there are several, the other executor has begun its part, too.
      if (job != null && job.matches(at) && last) {
        if (block.isEmpty()) {
          die();
        } else {
          Thread watch = new Thread(this::dieWithBlock);
          watch.setDaemon(true);
          watch.start();
        }
      }
    }

    private void dieWithBlock() {
      while (SparkEnv.get().blockManager().getMatchingBlockIds(new NameMatches(block)).isEmpty()) {
        Thread.onSpinWait();
      }
      die();
    }

    private void die() {
      long pid = ProcessHandle.current().pid();
      try {
        Files.writeString(dead, Long.toString(pid), StandardOpenOption.CREATE_NEW);
        if (parentToo) {
          ProcessHandle.current().parent().orElseThrow().destroyForcibly();
        }
        Death.now();
      } catch (FileAlreadyExistsException e) {
        // One has died already.
        return;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Of blocks. */
  private static final class NameMatches extends AbstractFunction1<BlockId, Object> {
    private final String pattern;

    NameMatches(String pattern) {
      this.pattern = pattern;
    }

    @Override
    public Object apply(BlockId block) {
      return block.name().matches(pattern);
    }
  }
}
