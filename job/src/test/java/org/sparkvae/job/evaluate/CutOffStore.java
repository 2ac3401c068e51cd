package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;
import org.sparkvae.job.checkpoint.FaultyFileSystem;

/**
 * The local file system, where from a given change on nothing can be changed any more: what a
 * killed process leaves. Only the lock of the run directory can, for the process is not dead.
 */
public final class CutOffStore extends FaultyFileSystem {
  private static final String NEVER = "";

  private static final AtomicReference<Runnable> WHEN_READ = new AtomicReference<>(() -> {});

  private static volatile String at = NEVER;
  private static volatile boolean cutOff;

  /** For Hadoop. */
  public CutOffStore() {
    super(new RawLocalFileSystem());
  }

  /** Cuts off at the first change that matches a regular expression. */
  static void at(String change) {
    at = change;
  }

  /** Whether it was cut off; after this, all changes succeed. */
  static boolean mend() {
    boolean was = cutOff;
    at = NEVER;
    cutOff = false;
    return was;
  }

  /** Does something when a task next opens a file. */
  static void whenATaskReads(Runnable once) {
    WHEN_READ.set(once);
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    if (TaskContext.get() != null) {
      WHEN_READ.getAndSet(() -> {}).run();
    }
    return super.open(file, buffer);
  }

  @Override
  protected boolean failsAt(String change) {
    cutOff |= change.matches(at);
    return cutOff && !change.endsWith("_running");
  }

  @Override
  protected void fail(String change) throws IOException {
    throw new IOException("cut off");
  }
}
