package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The growth of rounds for a terminal: a block for each thing that is varied. */
final class GrowthText {
  private GrowthText() {}

  static List<String> lines(List<GrowthRow> rows) {
    List<String> lines = new ArrayList<>();
    for (String series : rows.stream().map(GrowthRow::series).distinct().toList()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %12s %7s %6s %10s %9s %9s %10s %7s %11s %11s %6s",
              "by " + series,
              "parameters",
              "shards",
              "every",
              "images",
              "bytes/img",
              "epoch, s",
              "beside, ms",
              "rounds",
              "compute, ms",
              "average, ms",
              "Spark"));
      for (GrowthRow row : rows) {
        if (row.series().equals(series)) {
          lines.add(line(row));
        }
      }
    }
    return lines;
  }

  private static String line(GrowthRow row) {
    return String.format(
        Locale.ROOT,
        "%-12s %,12d %7d %6d %,10d %9.0f %9.2f %10.0f %,7d %11.1f %11.1f %5.0f%%",
        "",
        row.parameters(),
        row.shards(),
        row.every(),
        row.images(),
        row.imageBytes(),
        row.epoch(),
        1e3 * row.beside(),
        row.rounds(),
        1e3 * row.compute(),
        1e3 * row.aggregate(),
        100 * row.overhead());
  }
}
