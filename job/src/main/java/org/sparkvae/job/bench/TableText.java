package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table for a terminal. */
final class TableText {
  private static final String NAME = "%-24s";
  private static final String RATES = "%10s %10s %10s";
  private static final String SHARE = "%8s";
  private static final String UNKNOWN = "-";

  private TableText() {}

  /** The lines: a block a phase, with a column of ratios for each peer. */
  static List<String> lines(Table table) {
    List<String> lines = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      List<Row> rows = table.rows(phase);
      if (!rows.isEmpty()) {
        if (!lines.isEmpty()) {
          lines.add("");
        }
        block(phase, rows, lines);
      }
    }
    return lines;
  }

  private static void block(Phase phase, List<Row> rows, List<String> lines) {
    boolean shares = phase != Phase.SGEMM;
    List<String> peers = rows.stream().filter(Row::isPeer).map(Row::name).toList();
    StringBuilder head =
        new StringBuilder(format(NAME + RATES, phase.title(), "median", "min", "max"));
    if (shares) {
      head.append(format(SHARE + SHARE, "floor", "Spark"));
    }
    peers.forEach(peer -> head.append("  / ").append(peer));
    lines.add(head.toString());
    for (Row row : rows) {
      Spread rate = row.rate();
      StringBuilder line =
          new StringBuilder(
              format(
                  NAME + RATES,
                  row.name(),
                  number(rate.median()),
                  number(rate.least()),
                  number(rate.most())));
      if (shares) {
        line.append(format(SHARE + SHARE, percent(row.floorShare()), percent(row.overheadShare())));
      }
      for (String peer : peers) {
        line.append(format("%" + ("  / " + peer).length() + "s", ratio(row.ratios().get(peer))));
      }
      lines.add(line.toString());
    }
  }

  private static String number(double value) {
    return format(value < 1000 ? "%.1f" : "%,.0f", value);
  }

  private static String percent(Double share) {
    return share == null ? UNKNOWN : format("%.0f%%", 100 * share);
  }

  private static String ratio(double value) {
    return format("%.2fx", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
