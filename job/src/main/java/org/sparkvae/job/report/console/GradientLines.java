package org.sparkvae.job.report.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.checkpoint.GradientMeasure.Kind;

/** The noise of the estimators' gradients after the last epoch that it was measured after. */
final class GradientLines {
  private static final List<String> PARTS = List.of("encoder", "decoder");
  private static final String ROW = "  %-24s%16s%14s%18s%14s";

  private GradientLines() {}

  /** A table; no lines where it was never measured. */
  static List<String> of(List<EpochRecord> epochs) {
    List<String> lines = new ArrayList<>();
    for (int i = epochs.size() - 1; i >= 0 && lines.isEmpty(); i--) {
      EpochRecord epoch = epochs.get(i);
      List<String> estimators = GradientMeasure.estimators(epoch, PARTS.get(0));
      if (!estimators.isEmpty()) {
        lines.add("Gradients of a minibatch after epoch " + epoch.epoch() + ", over their draws");
        lines.add(
            ROW.formatted(
                "estimator", "variance, enc.", "SNR, enc.", "variance, dec.", "SNR, dec."));
        estimators.forEach(estimator -> lines.add(row(epoch, estimator)));
      }
    }
    return lines;
  }

  private static String row(EpochRecord epoch, String estimator) {
    List<Object> cells = new ArrayList<>(List.of(estimator));
    for (String part : PARTS) {
      for (Kind kind : Kind.values()) {
        double value = epoch.measure(new GradientMeasure(estimator, part, kind).name());
        cells.add(String.format(Locale.ROOT, "%.4g", value));
      }
    }
    return ROW.formatted(cells.toArray());
  }
}
