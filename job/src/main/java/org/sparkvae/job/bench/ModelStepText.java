package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The table of models' steps for a terminal. */
final class ModelStepText {
  private static final String HEAD = "%-24s %12s %7s %10s %10s %10s %7s";
  private static final String ROW = "%-24s %,12d %7d %,10.0f %10.1f %10.1f %6.0f%%";

  private ModelStepText() {}

  /** The lines, by the share of the floor that models reach. */
  static List<String> lines(List<ModelStep> steps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            HEAD,
            "model",
            "parameters",
            "batch",
            "images/s",
            "ms/step",
            "GFLOP/s",
            "floor"));
    steps.stream()
        .sorted(Comparator.comparingDouble(ModelStep::floorShare).reversed())
        .map(ModelStepText::line)
        .forEach(lines::add);
    return lines;
  }

  private static String line(ModelStep step) {
    return String.format(
        Locale.ROOT,
        ROW,
        step.name(),
        step.parameters(),
        step.batch(),
        step.imagesPerSecond(),
        1e3 * step.seconds(),
        step.gigaflop() / step.seconds(),
        100 * step.floorShare());
  }
}
