package org.sparkvae.job.report.console;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.report.summary.Readable;

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
  }

  private static final String GAP = "  ";
  private static final String UNIT = ", nats";

  private final List<Column> columns;

  private EpochLines(List<Column> columns) {
    this.columns = columns;
  }

  /** With a column for the validation bound. */
  static EpochLines withValidation() {
    return new EpochLines(columns(Stream.empty(), UNIT, Stream.of(validation(UNIT))));
  }

  /**
   * With the columns that a training fills: the weighted objective where it is not the bound in
   * some epoch, the validation bound where there is validation. For both, the longest titles lose
   * their unit.
   */
  static EpochLines of(TrainingStart start) {
    boolean warmsUp = start.warmUpEpochs() > 0;
    boolean validates = start.validationImages() > 0;
    String unit = warmsUp && validates ? "" : UNIT;
    Column weighted =
        new Column("weighted, nats", 10, row -> Readable.nats(row.epoch().weightedObjective()));
    return new EpochLines(
        columns(
            warmsUp ? Stream.of(weighted) : Stream.empty(),
            unit,
            validates ? Stream.of(validation(unit)) : Stream.empty()));
  }

  private static Column validation(String unit) {
    return new Column("validation" + unit, 10, row -> Readable.nats(row.epoch().validationBound()));
  }

  private static List<Column> columns(
      Stream<Column> beside, String unit, Stream<Column> validation) {
    Stream<Column> bound =
        Stream.of(
            new Column("epoch", 9, row -> row.epoch().epoch() + "/" + row.epochs()),
            new Column("bound, nats", 10, row -> Readable.nats(row.epoch().bound())));
    Stream<Column> parts =
        Stream.of(
            new Column(
                "reconstruction" + unit, 10, row -> Readable.nats(row.epoch().reconstruction())),
            new Column("KL, nats", 8, row -> Readable.nats(row.epoch().kl())));
    Stream<Column> speed =
        Stream.of(
            new Column("images/s", 9, row -> Readable.speed(row.epoch().imagesPerSecond())),
            new Column("time left", 11, row -> Readable.time(row.secondsLeft())));
    return Stream.of(bound, beside, parts, validation, speed).flatMap(Function.identity()).toList();
  }

  /** The titles with their units. */
  String header() {
    return columns.stream()
        .map(column -> column.cell(column.title()))
        .collect(Collectors.joining(GAP));
  }

  /** An epoch's line. */
  String line(EpochRecord epoch, int epochs, double secondsLeft) {
    Row row = new Row(epoch, epochs, secondsLeft);
    return columns.stream()
        .map(column -> column.cell(column.text().apply(row)))
        .collect(Collectors.joining(GAP));
  }
}
