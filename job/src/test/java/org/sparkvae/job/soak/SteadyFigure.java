package org.sparkvae.job.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure of a process that must not grow from round to round, and how much of that is noise. */
enum SteadyFigure {
  HEAP("heap beside Spark's blocks, MB", 1, f -> (f.heap() - f.storage()) / 1e6),
  OUTSIDE("memory outside the heap, MB", 5, f -> f.outside() / 1e6),
  RESIDENT("resident memory, MB", 5, f -> f.resident() / 1e6),
  DIRECT("direct buffers, MB", 1, f -> f.direct() / 1e6),
  ARRAYS("arrays", 1, ProcessFigures::arrays),
  HANDLES("open handles", 1, ProcessFigures::handles),
  THREADS("threads", 1, ProcessFigures::threads);

  private final String text;
  private final double most;
  private final ToDoubleFunction<ProcessFigures> figure;

  /** With the growth in 100 rounds that does not count. */
  SteadyFigure(String text, double most, ToDoubleFunction<ProcessFigures> figure) {
    this.text = text;
    this.most = most;
    this.figure = figure;
  }

  /** Its growth in 100 rounds, of measurements that are evenly spread over these rounds. */
  Trend growth(List<ProcessFigures> figures, int rounds) {
    return Trend.of(figures.stream().mapToDouble(figure).toArray())
        .times(100.0 * figures.size() / rounds);
  }

  /** Whether it most surely grows by more than what does not count. */
  boolean leaks(Trend growth) {
    return growth.atLeast() > most;
  }

  /** What to say of its growth. */
  String line(Trend growth) {
    return String.format(
        Locale.ROOT, "%s, in 100 rounds: %s, of which %.0f are let pass", text, growth, most);
  }
}
