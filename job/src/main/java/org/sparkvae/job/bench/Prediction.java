package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the cost model says of clusters that were not measured, as text.
 *
 * @param model of a round's overhead
 * @param parameters of the model that is trained
 * @param step seconds of its minibatch step
 * @param batch images of a step
 */
record Prediction(CostModel model, long parameters, double step, int batch) {
  private static final int[] EXECUTORS = {1, 8, 64, 512};
  private static final int[] EVERY = {10, 100, 1000};

  /** The model, then a line for each of several numbers of steps in a round. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "a round of S shards beyond its steps, ms: %.1f + %.2f S + %.2f P 2 (S - 1) / S, P in millions; off by up to %.0f%%",
            1e3 * model.round(),
            1e3 * model.shard(),
            1e9 * model.parameter(),
            100 * model.worst()));
    lines.add(
        format(
            "an epoch beside its rounds, ms: %.0f + %.0f P",
            1e3 * model.epoch(), 1e9 * model.epochParameter()));
    lines.add(
        format(
            "images a second that it predicts for %,d parameters, %.2f ms a step of %d images:",
            parameters, 1e3 * step, batch));
    StringBuilder heads = new StringBuilder(format("%6s", "every"));
    for (int executors : EXECUTORS) {
      heads.append(format(" %15s", format("%d executor%s", executors, executors == 1 ? "" : "s")));
    }
    lines.add(heads + format(" %26s", "half the time in steps to"));
    for (int every : EVERY) {
      StringBuilder line = new StringBuilder(format("%6d", every));
      for (int executors : EXECUTORS) {
        line.append(format(" %,15.0f", model.speed(parameters, executors, step, batch, every)));
      }
      lines.add(line + format(" %,16.0f executors", model.turningPoint(parameters, step, every)));
    }
    return lines;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
