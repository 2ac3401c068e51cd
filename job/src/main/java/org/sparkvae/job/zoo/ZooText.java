package org.sparkvae.job.zoo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.report.summary.TextTable;

/** The table for a terminal: a block for each group, then what was not scored, and what failed. */
final class ZooText {
  private static final String NONE = "-";
  private static final List<String> TRAINING = List.of("epochs", "images/s", "parameters");

  private ZooText() {}

  /** The lines; none where there are no rows. */
  static List<String> lines(List<ModelRow> rows, List<FailedRow> failed) {
    List<List<String>> blocks = new ArrayList<>();
    List<Group> groups = Group.of(rows);
    groups.forEach(group -> blocks.add(block(group)));
    List<ModelRow> unscored = rows.stream().filter(row -> !row.isScored()).toList();
    if (!unscored.isEmpty()) {
      blocks.add(unscored(unscored));
    }
    if (!failed.isEmpty()) {
      blocks.add(failed(failed));
    }
    if (groups.size() > 1) {
      blocks.add(
          List.of("Figures of two blocks are not of the same thing, and cannot be compared."));
    }
    if (rows.stream().anyMatch(ModelRow::isUpperBound)) {
      blocks.add(
          List.of(
              "Where not all images are reliable, the NLL's error is not known: it is an upper bound",
              "in expectation."));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> block : blocks) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(block);
    }
    return lines;
  }

  private static List<String> block(Group group) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("model", "NLL", "+-"));
    if (group.isOfLevels()) {
      head.add("bits/dim");
    }
    head.addAll(List.of("reliable", "samples", "KL", "active"));
    head.addAll(TRAINING);
    table.add(head);
    for (ModelRow row : group.rows()) {
      List<String> cells =
          new ArrayList<>(Arrays.asList(row.model(), nats(row.nll()), nats(row.standardError())));
      if (group.isOfLevels()) {
        cells.add(bits(row.bitsPerDimension()));
      }
      cells.add(ofAll(row.reliable(), row.images()));
      cells.add(count(row.samples()));
      cells.add(nats(row.kl()));
      cells.add(ofAll(row.activeUnits(), row.latentUnits()));
      cells.addAll(training(row));
      table.add(cells);
    }
    List<String> lines = new ArrayList<>();
    lines.add("log p(x) of " + group.likelihoodOf() + ", nats an image");
    lines.addAll(TextTable.lines(table));
    return lines;
  }

  private static List<String> unscored(List<ModelRow> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(with("not scored", TRAINING));
    rows.forEach(row -> table.add(with(row.model(), training(row))));
    return TextTable.lines(table);
  }

  private static List<String> failed(List<FailedRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("failed");
    rows.forEach(row -> lines.add(row.model() + ": " + row.error()));
    return lines;
  }

  private static List<String> training(ModelRow row) {
    String rate = row.trainingRate() == null ? NONE : Readable.speed(row.trainingRate());
    return List.of(count(row.epochs()), rate, count(row.parameters()));
  }

  private static String nats(Double value) {
    return value == null ? NONE : Readable.nats(value);
  }

  private static String bits(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String count(Long value) {
    return value == null ? NONE : Readable.count(value);
  }

  private static String ofAll(Long some, Long all) {
    return some == null || all == null ? NONE : count(some) + "/" + count(all);
  }

  private static List<String> with(String first, List<String> more) {
    List<String> cells = new ArrayList<>(List.of(first));
    cells.addAll(more);
    return cells;
  }
}
