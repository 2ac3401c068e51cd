package org.sparkvae.job.report.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.GradientMeasure.Kind;

/** The noise of the estimators' gradients after the last epoch that it was measured after. */
final class GradientLines {
  private static final List<String> WIDTHS = List.of("%16s", "%14s", "%18s", "%14s");

  private GradientLines() {}

  /** A table; no lines where it was never measured. */
  static List<String> of(List<EpochRecord> epochs) {
    List<String> lines = new ArrayList<>();
    for (int i = epochs.size() - 1; i >= 0 && lines.isEmpty(); i--) {
      EpochRecord epoch = epochs.get(i);
      List<String> parts = GradientMeasure.parts(epoch);
      if (!parts.isEmpty()) {
        lines.add("Gradients of a minibatch after epoch " + epoch.epoch() + ", over their draws");
        lines.add(row("estimator", parts.stream().flatMap(GradientLines::headings).toList()));
        for (String estimator : GradientMeasure.estimators(epoch, parts.get(0))) {
          lines.add(
              row(
                  estimator,
                  parts.stream().flatMap(part -> cells(epoch, estimator, part)).toList()));
        }
      }
    }
    return lines;
  }

  private static Stream<String> headings(String part) {
    String unit = part.substring(0, 3) + ".";
    return Stream.of("variance, " + unit, "SNR, " + unit);
  }

  private static Stream<String> cells(EpochRecord epoch, String estimator, String part) {
    return Stream.of(Kind.values())
        .map(kind -> epoch.measure(new GradientMeasure(estimator, part, kind).name()))
        .map(value -> String.format(Locale.ROOT, "%.4g", value));
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row = new StringBuilder("  %-24s".formatted(name));
    for (int i = 0; i < cells.size(); i++) {
      row.append(WIDTHS.get(i).formatted(cells.get(i)));
    }
    return row.toString();
  }
}
