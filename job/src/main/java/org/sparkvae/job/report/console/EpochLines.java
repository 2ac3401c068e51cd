package org.sparkvae.job.report.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.step.Measure;

/** The table of epochs: a header, and an aligned line an epoch, at most 100 columns wide. */
final class EpochLines {
  /** What a line tells. */
  private record Row(EpochRecord epoch, int epochs, double secondsLeft) {}

  private record Column(String title, int width, Function<Row, String> text) {
    Column {
      width = Math.max(width, title.length());
    }

    String cell(String value) {
      return String.format(Locale.ROOT, "%" + width + "s", value);
    }

    boolean hasUnit() {
      return title.endsWith(UNIT);
    }

    Column withoutUnit() {
      return new Column(title.substring(0, title.length() - UNIT.length()), NARROW, text);
    }
  }

  private static final String GAP = "  ";
  private static final String UNIT = ", nats";
  private static final int NARROW = 8;
  private static final int MOST = 100;

  private final List<Column> columns;

  private EpochLines(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * With a column for each measure, and for what validation finds where there is validation. Where
   * that is too wide, the longest titles lose their unit.
   */
  static EpochLines of(List<Measure> measures, boolean validates) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("epoch", 9, row -> row.epoch().epoch() + "/" + row.epochs()));
    measures.forEach(measure -> columns.add(column(measure)));
    if (validates) {
      columns.add(
          new Column("validation" + UNIT, NARROW, row -> Readable.nats(row.epoch().validation())));
    }
    columns.add(new Column("images/s", 9, row -> Readable.speed(row.epoch().imagesPerSecond())));
    columns.add(new Column("time left", 11, row -> Readable.time(row.secondsLeft())));
    while (width(columns) > MOST && columns.stream().anyMatch(Column::hasUnit)) {
      Column longest =
          columns.stream()
              .filter(Column::hasUnit)
              .max(Comparator.comparingInt(Column::width))
              .orElseThrow();
      columns.replaceAll(column -> column == longest ? longest.withoutUnit() : column);
    }
    return new EpochLines(columns);
  }

  private static Column column(Measure measure) {
    return new Column(
        measure.title(),
        NARROW,
        row -> {
          double value = row.epoch().measure(measure.name());
          return measure.per() == Measure.Per.IMAGE
              ? Readable.nats(value)
              : Readable.count((long) value);
        });
  }

  private static int width(List<Column> columns) {
    return columns.stream().mapToInt(Column::width).sum() + GAP.length() * (columns.size() - 1);
  }

  /** The titles with their units. */
  String header() {
    return columns.stream()
        .map(column -> column.cell(column.title()))
        .collect(Collectors.joining(GAP));
  }

  String line(EpochRecord epoch, int epochs, double secondsLeft) {
    Row row = new Row(epoch, epochs, secondsLeft);
    return columns.stream()
        .map(column -> column.cell(column.text().apply(row)))
        .collect(Collectors.joining(GAP));
  }
}
