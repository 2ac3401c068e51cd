package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.Tables.IMAGE;
import static org.sparkvae.job.fixtures.Tables.struct;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.data.InputCase.Bad;
import org.sparkvae.job.data.InputCase.Outcome;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.Scale;

/** Sources of every kind and scale. */
final class ScaleCases {
  private static final String TOO_SMALL =
      ": no value is above %s, where data.train.scale = 0..255 means values up to 255; set it to"
          + " 0..1";
  private static final String SYMMETRIC =
      ", outside data.train.scale = %s; set data.train.scale = -1..1 if its values are of that"
          + " range";

  private ScaleCases() {}

  static Stream<InputCase> all() {
    return Stream.of(rounded(), outside(), bytes(), fractions()).flatMap(c -> c);
  }

  /** To the nearest of 256 levels, a half up. */
  private static Stream<InputCase> rounded() {
    return Stream.of(
        numbers("reals", "double", Scale.BYTES, read("1 0 254 255"), 0.5, 0.49, 254.49, 254.5),
        numbers("floats", "float", Scale.UNIT, read("0 26 128 255"), 0f, 0.1f, 0.5f, 1f),
        numbers("decimals", "decimal(3,2)", Scale.UNIT, read("3 128"), dec("0.01"), dec("0.50")),
        numbers("0 and 1", "int", Scale.UNIT, read("0 255"), 0, 1),
        numbers("around 0", "double", Scale.SYMMETRIC, read("0 128 191 255"), -1., 0., 0.5, 1.),
        numbers("-1, 0, 1", "tinyint", Scale.SYMMETRIC, read("0 128 255"), b(-1), b(0), b(1)),
        numbers("all zero", "double", Scale.BYTES, read("0 0"), 0., 0.),
        numbers("just above 1", "double", Scale.BYTES, read("1 0"), 1.01, 0.));
  }

  private static Stream<InputCase> outside() {
    return Stream.of(
        bad("above 1", Scale.UNIT, 1.5, "value 1 is 1.5, outside data.train.scale = 0..1"),
        bad("NaN", Scale.UNIT, Double.NaN, "value 1 is NaN, outside data.train.scale = 0..1"),
        bad("below 0", Scale.UNIT, -0.5, "value 1 is -0.5" + SYMMETRIC.formatted("0..1")),
        bad("far below", Scale.UNIT, -3.0, "value 1 is -3, outside data.train.scale = 0..1"),
        bad("below -1", Scale.SYMMETRIC, -1.5, "value 1 is -1.5, outside data.train.scale = -1..1"),
        bad(
            "infinite",
            Scale.SYMMETRIC,
            Double.POSITIVE_INFINITY,
            "value 1 is Infinity, outside data.train.scale = -1..1"));
  }

  /** Bytes of 0 and 1 are read on their scale whatever holds them, others are not. */
  private static Stream<InputCase> bytes() {
    String two = "has the value 2, outside data.train.scale = 0..1";
    return Stream.of(
        new InputCase(
            "IDX of 0 and 1", dir -> idx(dir, Scale.UNIT, 0, 1, 1, 0), two("0 255, 1: 255 0")),
        new InputCase(
            "IDX of 2 among 0 and 1",
            dir -> idx(dir, Scale.UNIT, 0, 2, 1, 0),
            new Bad("DIR/images, image 0", two, "1: 255 0")),
        new InputCase("PNG of 0 and 1", dir -> png(dir, Scale.UNIT, 0, 1), two("0 255")),
        new InputCase(
            "binary of 0 and 1",
            dir -> table(dir, "binary", Scale.UNIT, new byte[] {0, 1}),
            two("0 255")),
        new InputCase(
            "struct of 0 and 1",
            dir -> table(dir, IMAGE, Scale.UNIT, struct(1, 2, 1, 0, 0, 1)),
            two("0 255")),
        new InputCase(
            "bytes of 0 and 1 around 0",
            dir -> table(dir, "binary", Scale.SYMMETRIC, new byte[] {0, 1}),
            two("128 255")));
  }

  /** The source as a whole is refused where nothing is above 1. */
  private static Stream<InputCase> fractions() {
    Refused images = new Refused("DIR/images" + TOO_SMALL.formatted("1"));
    Refused table = new Refused("DIR/table" + TOO_SMALL.formatted("1"));
    return Stream.of(
        new InputCase("IDX under 0..255", dir -> idx(dir, Scale.BYTES, 0, 1, 1, 0), images),
        new InputCase("PNG under 0..255", dir -> png(dir, Scale.BYTES, 0, 1), images),
        new InputCase(
            "binary under 0..255",
            dir -> table(dir, "binary", Scale.BYTES, new byte[] {0, 1}),
            table),
        new InputCase(
            "struct under 0..255",
            dir -> table(dir, IMAGE, Scale.BYTES, struct(1, 2, 1, 0, 0, 1)),
            table),
        new InputCase(
            "nested under 0..255",
            dir ->
                table(dir, "array<array<int>>", Scale.BYTES, (Object) array((Object) array(0, 1))),
            table),
        numbers("whole under 0..255", "int", Scale.BYTES, table, 0, 1),
        numbers(
            "dark under 0..255",
            "double",
            Scale.BYTES,
            new Refused("DIR/table" + TOO_SMALL.formatted("0.25")),
            0.25,
            0.));
  }

  private static Outcome read(String values) {
    return two(values);
  }

  private static Outcome two(String values) {
    return new Read("0: " + values);
  }

  private static InputCase numbers(
      String name, String type, Scale scale, Outcome outcome, Object... values) {
    return new InputCase(
        "Scale: " + name,
        dir -> table(dir, "array<" + type + ">", scale, values.length, (Object) values),
        outcome);
  }

  private static InputCase bad(String name, Scale scale, double value, String reason) {
    return new InputCase(
        "Scale: " + name,
        dir -> table(dir, "array<double>", scale, 2, array(0.0, 1.0), array(0.0, value)),
        new Bad("DIR/table, id 1", reason, scale == Scale.UNIT ? "0: 0 255" : "0: 128 255"));
  }

  private static ImageSource idx(Path dir, Scale scale, int... values) {
    byte[] file = DataFixtures.idx(DataFixtures.IDX_IMAGES, new int[] {2, 1, 2}, bytes(values));
    return new ImageSource.Idx(DataFixtures.write(dir.resolve("images"), file), "", 0, scale);
  }

  private static ImageSource png(Path dir, Scale scale, int... values) {
    DataFixtures.write(
        dir.resolve("images/a.png"), Pictures.png(Pictures.grey(values.length, 1, values)));
    return new ImageSource.Folder(dir.resolve("images").toString(), "", Colour.AUTO, 0, scale);
  }

  private static ImageSource table(Path dir, String type, Scale scale, Object image) {
    return table(dir, type, scale, 2, image);
  }

  private static ImageSource table(
      Path dir, String type, Scale scale, int width, Object... images) {
    List<Row> rows =
        IntStream.range(0, images.length).mapToObj(i -> RowFactory.create(i, images[i])).toList();
    String path = Tables.write(dir.resolve("table"), "key int, image " + type, 1, rows);
    return new ImageSource.Parquet(path, "image", "", "key", width, 1, 1, 0, Colour.AUTO, scale);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Object b(int value) {
    return (byte) value;
  }

  private static Object dec(String value) {
    return new java.math.BigDecimal(value);
  }

  private static Object[] array(Object... values) {
    return values;
  }
}
