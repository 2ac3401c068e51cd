package org.sparkvae.job.report.console;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.sparkvae.job.report.summary.Readable;

/**
 * A line where nothing was said for long: a file or a log keeps whole lines, and no control
 * characters.
 */
final class ProgressLines implements ProgressDisplay {
  private static final long SILENCE_NANOS = 300_000_000_000L;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private long said;

  /**
   * Off a terminal.
   *
   * @param nanoTime the clock, nanoseconds
   */
  ProgressLines(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    said = nanoTime.getAsLong();
  }

  @Override
  public void show(String stage, long done, long total, String unit) {
    if (nanoTime.getAsLong() - said >= SILENCE_NANOS) {
      out.println(
          stage + ": " + Readable.count(done) + " of " + Readable.count(total) + " " + unit);
      out.flush();
      said = nanoTime.getAsLong();
    }
  }

  /** A line is about to be printed. */
  @Override
  public void clear() {
    said = nanoTime.getAsLong();
  }
}
