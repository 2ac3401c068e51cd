package org.sparkvae.job.report.console;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.sparkvae.job.report.summary.Readable;

/**
 * A bar on the terminal's last line, drawn over itself.
 *
 * <p>Plain ASCII, carriage returns and blanks: every terminal and character set has them. At most
 * 79 columns, lest the line wrap and the carriage return miss its beginning.
 */
final class ProgressBar implements ProgressDisplay {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int CELLS = 24;
  private static final int COLUMNS = 79;
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long stageStart;
  private long doneAtStart;
  private long drawn;
  private int width;

  /**
   * On a terminal.
   *
   * @param nanoTime the clock, nanoseconds
   */
  ProgressBar(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void show(String newStage, long done, long total, String unit) {
    long now = nanoTime.getAsLong();
    boolean begins = !newStage.equals(stage);
    if (begins) {
      stage = newStage;
      stageStart = now;
      doneAtStart = done;
    }
    if (begins || done >= total || now - drawn >= REDRAW_NANOS) {
      drawn = now;
      draw(text(done, total, unit, now));
    }
  }

  private String text(long done, long total, String unit, long now) {
    double part = total > 0 ? Math.min(1, (double) done / total) : 1;
    int filled = (int) (part * CELLS);
    String left = Readable.time(secondsLeft(done, total, now));
    String text =
        stage
            + "  ["
            + "#".repeat(filled)
            + ".".repeat(CELLS - filled)
            + "]  "
            + Readable.count(done)
            + "/"
            + Readable.count(total)
            + " "
            + unit
            + ("-".equals(left) ? "" : ", " + left + " left");
    return text.length() > COLUMNS ? text.substring(0, COLUMNS) : text;
  }

  private double secondsLeft(long done, long total, long now) {
    return done > doneAtStart
        ? (now - stageStart) / NANOS / (done - doneAtStart) * (total - done)
        : Double.NaN;
  }

  private void draw(String text) {
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  @Override
  public void clear() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }
}
