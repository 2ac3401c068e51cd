package org.sparkvae.job.runs;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sparkvae.job.fixtures.Death;
import org.sparkvae.job.fixtures.FaultyFileSystem;

/** The local file system, where the process dies of SIGKILL at a given change to it. */
public final class KillingFileSystem extends FaultyFileSystem {
  /** A regular expression of changes, such as {@code write /a/path}. */
  static final String AT = "test.kill.at";

  /** Which of the changes that match, from 1. */
  static final String NUMBER = "test.kill.at.number";

  private static final AtomicInteger CHANGES = new AtomicInteger();

  /** For Hadoop. */
  public KillingFileSystem() {
    super(new RawLocalFileSystem());
  }

  @Override
  protected boolean failsAt(String change) {
    return change.matches(getConf().get(AT))
        && CHANGES.incrementAndGet() == getConf().getInt(NUMBER, 1);
  }

  @Override
  protected void fail(String change) {
    System.err.println("killed in: " + change);
    Death.now();
  }
}
