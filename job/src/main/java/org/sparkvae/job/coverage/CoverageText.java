package org.sparkvae.job.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The table for a terminal. */
final class CoverageText {
  private static final String NAME = "%-24s";
  private static final String CELL = "%12s";

  private CoverageText() {}

  /** The lines: the reliable images, those whose truth is reliable too, and all. */
  static List<String> lines(List<Pair> pairs) {
    List<String> lines = new ArrayList<>();
    lines.add(line("", "images", "share", "within one", "within two", "difference"));
    lines.add(row("reliable", pairs, Pair::isReliable));
    lines.add(row("reliable, the truth too", pairs, Pair::areBothReliable));
    lines.add(row("all", pairs, pair -> true));
    return lines;
  }

  private static String row(String name, List<Pair> pairs, Predicate<Pair> which) {
    Coverage coverage = Coverage.of(pairs.stream().filter(which).toList());
    return line(
        name,
        format("%,d", coverage.images()),
        percent((double) coverage.images() / pairs.size()),
        percent(coverage.withinOne()),
        percent(coverage.withinTwo()),
        Double.isNaN(coverage.difference()) ? "-" : format("%.4f", coverage.difference()));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : format("%.1f%%", 100 * share);
  }

  private static String line(String name, String... cells) {
    StringBuilder line = new StringBuilder(format(NAME, name));
    for (String cell : cells) {
      line.append(format(CELL, cell));
    }
    return line.toString();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
