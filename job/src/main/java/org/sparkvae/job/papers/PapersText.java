package org.sparkvae.job.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.TextTable;

/** The table for a terminal, and the papers that it names below. */
final class PapersText {
  private static final String NONE = "-";

  private PapersText() {}

  /**
   * The lines.
   *
   * @param published by the recipes' names
   */
  static List<String> lines(List<Reproduction> ours, Map<String, Published> published) {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "recipe",
            "paper, nats",
            "ours",
            "+-",
            "difference",
            "active, paper",
            "active, ours",
            "epochs",
            "training",
            "evaluation"));
    ours.forEach(one -> table.add(row(one, published.get(one.name()))));
    List<String> lines = new ArrayList<>(TextTable.lines(table));
    lines.add("");
    for (Reproduction one : ours) {
      Published paper = published.get(one.name());
      lines.add("%s: %s, %s".formatted(one.name(), paper.paper(), paper.figure()));
      if (one.bestEpoch() != one.epochs()) {
        lines.add(
            String.format(
                Locale.ROOT, "  ours is of epoch %,d, the best by validation", one.bestEpoch()));
      }
    }
    return lines;
  }

  private static List<String> row(Reproduction ours, Published paper) {
    double difference = ours.nll() - paper.nll();
    return List.of(
        ours.name(),
        Readable.nats(paper.nll()),
        Readable.nats(ours.nll()),
        Readable.nats(ours.standardError()),
        Double.isNaN(difference) ? NONE : String.format(Locale.ROOT, "%+.2f", difference),
        paper.activeUnits() == null ? NONE : Readable.count(paper.activeUnits()),
        Readable.count(ours.activeUnits()),
        Readable.count(ours.epochs()),
        Readable.time(ours.trainingSeconds()),
        Readable.time(ours.evaluationSeconds()));
  }
}
