package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.Tables.IMAGE;
import static org.sparkvae.job.fixtures.Tables.struct;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.data.InputCase.Bad;
import org.sparkvae.job.data.InputCase.Outcome;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.ImageSource;

/** Tables of images of 2x1 pixels, 7 and 8 where they are good. */
final class ParquetCases {
  private static final byte[] GOOD = {7, 8};

  private ParquetCases() {}

  static Stream<InputCase> all() {
    return Stream.of(values(), structs(), labels(), ids(), columns()).flatMap(c -> c);
  }

  private static Stream<InputCase> values() {
    Object numbers = array(7, 8);
    Object reals = array(7.0, 8.0);
    return Stream.of(
        bad("null", "binary", GOOD, null, "is null"),
        bad("3 bytes for 2", "binary", GOOD, new byte[3], "has 3 bytes where 2x1 grey needs 2"),
        bad("no bytes", "binary", GOOD, new byte[0], "has 0 bytes where 2x1 grey needs 2"),
        bad("null array", "array<int>", numbers, null, "is null"),
        bad(
            "1 value for 2",
            "array<int>",
            numbers,
            array(1),
            "has 1 values where 2x1 grey needs 2"),
        bad("null value", "array<int>", numbers, array(1, null), "value 1 is null"),
        bad(
            "256",
            "array<int>",
            numbers,
            array(256, 1),
            "value 0 is 256, outside data.train.scale = 0..255"),
        bad(
            "-1",
            "array<int>",
            numbers,
            array(1, -1),
            "value 1 is -1, outside data.train.scale = 0..255; set data.train.scale = -1..1 if its values are of that range"),
        bad(
            "NaN",
            "array<double>",
            reals,
            array(Double.NaN, 1.0),
            "value 0 is NaN, outside data.train.scale = 0..255"));
  }

  private static Stream<InputCase> structs() {
    Row good = struct(1, 2, 1, 0, 7, 8);
    return Stream.of(
        bad("null struct", IMAGE, good, null, "is null"),
        ofAnotherSize(
            "other size",
            struct(2, 2, 1, 0, 1, 2, 3, 4),
            "has 2x2 pixels where DIR/table, id 10 has 2x1"),
        bad(
            "too few bytes",
            IMAGE,
            good,
            struct(1, 2, 1, 0, 1),
            "has 1 bytes where 2x1 with 1 channels needs 2"),
        bad(
            "undefined image",
            IMAGE,
            good,
            struct(-1, -1, -1, -1),
            "has OpenCV mode -1 and -1 channels, not 8-bit grey, BGR or BGRA"),
        bad(
            "floats",
            IMAGE,
            good,
            struct(1, 2, 1, 5, 1, 2),
            "has OpenCV mode 5 and 1 channels, not 8-bit grey, BGR or BGRA"),
        ofAnotherSize(
            "2^62 pixels",
            struct(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 0, 1),
            "has 2147483647x2147483647 pixels where DIR/table, id 10 has 2x1"));
  }

  private static Stream<InputCase> labels() {
    return Stream.of(
        labelled("no label", "int", null, new Read("10: 7 8, 20: 7 8")),
        labelled("2^31", "bigint", 1L << 31, notWhole("2.147483648E9")),
        labelled("-2", "int", -2, notWhole("-2.0")),
        labelled("2.5", "double", 2.5, notWhole("2.5")),
        labelled("NaN", "double", Double.NaN, notWhole("NaN")),
        labelled(
            "of booleans",
            "boolean",
            true,
            new Refused(
                "DIR/table: label column 'label' is of type boolean; name a column of numbers or strings")));
  }

  private static Outcome notWhole(String label) {
    return new Bad(
        "DIR/table, id 20", "label " + label + " is no whole number from 0 on", "10: 7 8");
  }

  private static Stream<InputCase> ids() {
    String schema = "key int, image binary";
    String text = "key string, image array<int>";
    return Stream.of(
        table(
            "the same id twice",
            "image",
            schema,
            new Refused("DIR/table, id 3: two rows have this id; give every row its own"),
            row(3, GOOD),
            row(1, GOOD),
            row(3, GOOD)),
        table(
            "no id",
            "image",
            schema,
            new Refused("DIR/table: a row has no id in column 'key'; give every row one"),
            row(3, GOOD),
            row(null, GOOD)),
        table(
            "negative id",
            "image",
            schema,
            new Read("-3: 7 8, 1: 7 8"),
            row(1, GOOD),
            row(-3, GOOD)),
        table(
            "ids of text",
            "image",
            text,
            new Read("0: 1 2, 1: 3 4, 2: 5 6, 3: 7 8"),
            row("b", array(5, 6)),
            row("10", array(1, 2)),
            row("\uD83D\uDE42", array(7, 8)),
            row("9", array(3, 4))),
        table(
            "bad image among ids of text",
            "image",
            text,
            new Bad("DIR/table, id b", "is null", "0: 1 2, 2: 3 4"),
            row("c", array(3, 4)),
            row("b", null),
            row("a", array(1, 2))),
        table(
            "the same text twice",
            "image",
            text,
            new Refused("DIR/table, id b: two rows have this id; give every row its own"),
            row("b", array(1, 2)),
            row("a", array(1, 2)),
            row("b", array(1, 2))),
        table(
            "no text",
            "image",
            text,
            new Refused("DIR/table: a row has no id in column 'key'; give every row one"),
            row("b", array(1, 2)),
            row(null, array(1, 2))),
        table(
            "text of 1,000 characters",
            "image",
            text,
            new Read("0: 1 2"),
            row("\u753b".repeat(1_000), array(1, 2))),
        table(
            "text of 1,001 characters",
            "image",
            text,
            new Refused(
                "DIR/table: id column 'key' has an id of more than 1,000 characters; name another column"),
            row("b".repeat(1_001), array(1, 2)),
            row("a", array(1, 2))),
        table(
            "ids of real numbers",
            "image",
            "key double, image binary",
            new Refused(
                "DIR/table: id column 'key' is of type double; name a column of whole numbers or strings"),
            row(1.0, GOOD)));
  }

  private static Stream<InputCase> columns() {
    String schema = "key int, image string";
    return Stream.of(
        table(
            "missing column",
            "picture",
            schema,
            new Refused("DIR/table: no column 'picture'; name one of key, image"),
            row(1, "a")),
        table(
            "column of text",
            "image",
            schema,
            new Refused(
                "DIR/table: column 'image' is of type string; name one of Spark's image struct, of a struct of bytes and path, binary, or arrays of numbers"),
            row(1, "a")),
        table(
            "no rows",
            "image",
            "key int, image binary",
            new Refused("DIR/table: has no rows; name another table")));
  }

  private static InputCase bad(String name, String type, Object good, Object bad, String reason) {
    return table(
        name,
        "image",
        "key int, image " + type,
        new Bad("DIR/table, id 20", reason, "10: 7 8, 30: 7 8"),
        row(30, good),
        row(20, bad),
        row(10, good));
  }

  private static InputCase ofAnotherSize(String name, Row bad, String reason) {
    Row good = struct(1, 2, 1, 0, 7, 8);
    return table(
        name,
        "image",
        "key int, image " + IMAGE,
        Bad.ofAnotherSize("DIR/table, id 20", reason, "10: 7 8, 30: 7 8"),
        row(30, good),
        row(20, bad),
        row(10, good));
  }

  private static InputCase labelled(String name, String type, Object label, Outcome outcome) {
    String schema = "key int, image binary, label " + type;
    Row[] rows = {row(10, GOOD, null), row(20, GOOD, label)};
    return new InputCase(
        "Parquet: label " + name,
        dir -> source(write(dir, schema, rows), "image", "label"),
        outcome);
  }

  private static InputCase table(
      String name, String column, String schema, Outcome outcome, Row... rows) {
    return new InputCase(
        "Parquet: " + name, dir -> source(write(dir, schema, rows), column, ""), outcome);
  }

  private static String write(java.nio.file.Path dir, String schema, Row... rows) {
    return Tables.write(dir.resolve("table"), schema, 1, List.copyOf(Arrays.asList(rows)));
  }

  private static ImageSource source(String path, String column, String labels) {
    return new ImageSource.Parquet(path, column, labels, "key", 2, 1, 1, 0);
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  private static Object array(Object... values) {
    return values;
  }
}
