package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of steps on a GPU for a terminal. */
final class GpuStepText {
  private static final String HEAD = "%-32s %6s  %-20s %9s %12s %8s %9s %13s";
  private static final String ROW = "%-32s %,6d  %-20s %,9.0f %,12.0f %8s %9s %13s";

  private GpuStepText() {}

  /** The lines, in the order of the steps. */
  static List<String> lines(List<GpuStep> steps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            HEAD,
            "model",
            "batch",
            "engine",
            "us/step",
            "images/s",
            "TFLOP/s",
            "products",
            "PyTorch eager"));
    steps.forEach(step -> lines.add(line(step, steps)));
    return lines;
  }

  /** Speeds of runs of the job. */
  static List<String> ofJob(List<Measurement> measurements) {
    return measurements.stream()
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "conf/mnist.conf through the job, data.shards = %d: %s: %,.0f",
                    one.workers(),
                    one.phase().title(),
                    one.rate()))
        .toList();
  }

  /** Operations and the rate of products are those that this project tells of the same work. */
  private static String line(GpuStep step, List<GpuStep> all) {
    Optional<GpuStep> ours =
        all.stream().filter(s -> s.isOfTheWorkOf(step) && s.gigaflop() != null).findFirst();
    Optional<GpuStep> eager =
        all.stream()
            .filter(s -> s.isOfTheWorkOf(step) && s.engine().equals("PyTorch eager"))
            .findFirst();
    return String.format(
        Locale.ROOT,
        ROW,
        step.model(),
        step.batch(),
        step.engine(),
        1e6 * step.seconds(),
        step.batch() / step.seconds(),
        ours.map(o -> String.format(Locale.ROOT, "%.1f", o.gigaflop() / step.seconds() / 1e3))
            .orElse(""),
        ours.map(
                o ->
                    String.format(
                        Locale.ROOT, "%.0f%%", 100 * o.gigaflop() / o.rate() / step.seconds()))
            .orElse(""),
        eager
            .map(e -> String.format(Locale.ROOT, "%.1fx", e.seconds() / step.seconds()))
            .orElse(""));
  }
}
