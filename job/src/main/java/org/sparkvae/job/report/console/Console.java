package org.sparkvae.job.report.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.report.summary.Results;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.job.settings.reading.Secrets;

/**
 * What a person sees while the job runs: whole lines, and on a terminal a progress bar below them.
 *
 * <p>Off a terminal it prints no control characters, and says how far a stage has come where
 * nothing else was printed for five minutes. Safe for use by several threads, because progress is
 * heard of on Spark's own.
 */
public final class Console {
  private static final int LINES_PER_HEADER = 25;

  private final PrintStream out;
  private final ProgressDisplay progress;
  private final LongSupplier nanoTime;
  private final Pace pace = new Pace();
  private EpochLines table = EpochLines.of(List.of(), true);
  private int epochLines;

  /** With a clock in nanoseconds. */
  Console(PrintStream out, ProgressDisplay progress, LongSupplier nanoTime) {
    this.out = out;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /** On a stream, with progress bars as the settings say. */
  public static Console on(PrintStream out, ReportSettings.Progress setting) {
    return new Console(out, progress(out, setting), System::nanoTime);
  }

  private static ProgressDisplay progress(PrintStream out, ReportSettings.Progress setting) {
    return switch (setting) {
      case ON -> new ProgressBar(out, System::nanoTime);
      case OFF -> new NoProgress();
      case AUTO ->
          isTerminal()
              ? new ProgressBar(out, System::nanoTime)
              : new ProgressLines(out, System::nanoTime);
    };
  }

  private static boolean isTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Says what is about to be trained; call it as training begins, for the time left. */
  public synchronized void start(TrainingStart start) {
    line("Training " + start.model().title());
    entry("images", start.images().line());
    entry("", start.images().kept());
    entry("model", start.model().line());
    entry("objective", start.objective());
    String name = "backend";
    for (String part : start.backend().split("; ")) {
      entry(name, part);
      name = "";
    }
    entry("directory", start.directory());
    table = EpochLines.of(start.measures(), start.images().validation() > 0);
    pace.mark(nanoTime.getAsLong());
  }

  private void entry(String name, String value) {
    line(String.format(Locale.ROOT, "  %-10s %s", name, value));
  }

  /** A round of an epoch is done; all counts from 1. */
  public void round(int epoch, int epochs, int round, int rounds) {
    progress("epoch " + epoch + "/" + epochs, round, rounds, "rounds");
  }

  /** A long stage has come so far; cheap enough to be called at every step. */
  public synchronized void progress(String stage, long done, long total, String unit) {
    progress.show(stage, done, total, unit);
  }

  /** An epoch is done, of so many in all: its line, at times under a header. */
  public synchronized void epoch(EpochRecord epoch, int epochs) {
    pace.mark(nanoTime.getAsLong());
    if (epochLines++ % LINES_PER_HEADER == 0) {
      line(table.header());
    }
    line(table.line(epoch, epochs, pace.secondsFor(epochs - epoch.epoch())));
  }

  /** The run is done: its table, and where the results lie. */
  public synchronized void results(Results results) {
    ResultsTable.lines(results).forEach(this::line);
  }

  /** How much gradients varied, where that was measured. */
  public synchronized void gradients(List<EpochRecord> epochs) {
    GradientLines.of(epochs).forEach(this::line);
  }

  /** Prints any line, without secrets, above the progress bar. */
  public synchronized void line(String line) {
    progress.clear();
    out.println(Secrets.hideIn(line));
    out.flush();
  }

  /** Takes away the progress bar: before anything else prints, and at the end. */
  public synchronized void clear() {
    progress.clear();
  }
}
