package org.sparkvae.job.evaluate;

import java.io.IOException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sparkvae.job.checkpoint.FaultyFileSystem;

/**
 * The local file system, where from a given change on nothing can be changed any more: what a
 * killed process leaves. Only the lock of the run directory can, for the process is not dead.
 */
public final class CutOffStore extends FaultyFileSystem {
  private static final String NEVER = "";

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
