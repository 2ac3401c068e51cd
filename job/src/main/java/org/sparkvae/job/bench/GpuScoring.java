package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How fast log p(x) of images is estimated on a GPU, by one engine.
 *
 * @param model in words; rows of one model are set beside each other
 * @param engine what ran, such as "spark-vae" or "PyTorch eager, 20 at once"
 * @param tasks that shared the GPU
 * @param rate images a second
 */
record GpuScoring(String model, String engine, int tasks, double rate) {
  private static final String HEAD = "%-32s %6s  %-32s %12s %16s";
  private static final String ROW = "%-32s %,6d  %-32s %,12.0f %16s";

  /** A table for a terminal; its last column says how many times as fast as the fastest peer. */
  static List<String> lines(List<GpuScoring> all) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, HEAD, "evaluation of", "tasks", "engine", "images/s", "fastest PyTorch"));
    for (GpuScoring one : all) {
      OptionalDouble peer =
          all.stream()
              .filter(other -> other.model.equals(one.model) && other.isPeer())
              .mapToDouble(GpuScoring::rate)
              .max();
      lines.add(
          String.format(
              Locale.ROOT,
              ROW,
              one.model,
              one.tasks,
              one.engine,
              one.rate,
              peer.isPresent()
                  ? String.format(Locale.ROOT, "%.2fx", one.rate / peer.getAsDouble())
                  : ""));
    }
    return lines;
  }

  private boolean isPeer() {
    return engine.startsWith(Measurement.PEER);
  }
}
