package org.sparkvae.job.data;

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
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.ImageSource;

/** Tables of images as arrays of rows: 3x2 pixels where they are good. */
final class NestedCases {
  private static final String GREY = "array<array<int>>";
  private static final String RGB = "array<array<array<double>>>";
  private static final Object GOOD = array(array(1, 2, 3), array(4, 5, 6));
  private static final String OTHERS = "0: 1 2 3 4 5 6, 2: 1 2 3 4 5 6";

  private NestedCases() {}

  static Stream<InputCase> all() {
    return Stream.of(
        nested("grey", GREY, 0, 0, 1, new Read("0: 1 2 3 4 5 6"), GOOD),
        nested("of a set size", GREY, 3, 2, 1, new Read("0: 1 2 3 4 5 6"), GOOD),
        nested("RGB", RGB, 0, 0, 1, new Read("0: 1 2 3 4 5 6"), colours()),
        nested("RGB of a set size", RGB, 2, 1, 3, new Read("0: 1 2 3 4 5 6"), colours()),
        nested(
            "one channel innermost",
            RGB,
            0,
            0,
            1,
            new Read("0: 7 8"),
            (Object) array((Object) array(array(7.0), array(8.0)))),
        nested(
            "null before the first",
            GREY,
            0,
            0,
            1,
            new Bad("DIR/table, id 0", "is null", "1: 1 2 3 4 5 6"),
            null,
            GOOD),
        bad("too few rows", array((Object) array(1, 2, 3)), "has 1 rows where 3x2 grey needs 2"),
        bad(
            "ragged",
            array(array(1, 2, 3), array(4, 5)),
            "has 2 pixels in a row where 3x2 grey needs 3"),
        bad("null row", array(array(1, 2, 3), null), "has a null among its rows"),
        bad("null pixel", array(array(1, 2, 3), array(4, null, 6)), "value 4 is null"),
        bad(
            "256",
            array(array(1, 2, 3), array(4, 5, 256)),
            "value 5 is 256, outside data.train.scale = 0..255"),
        nested(
            "of another size than the set one",
            GREY,
            2,
            2,
            1,
            new Bad(
                "DIR/table, id 0", "has 3 pixels in a row where 2x2 grey needs 2", "1: 1 2 3 4"),
            GOOD,
            array(array(1, 2), array(3, 4))),
        nested(
            "channels first",
            "array<array<array<int>>>",
            0,
            0,
            1,
            new Refused(
                "DIR/table: column 'image' holds no usable image: the first is 1 x 2 x 4, but"
                    + " channels, 1 or 3, must be innermost; transpose all to 2 x 4 x 1"),
            (Object) array((Object) array(array(1, 2, 3, 4), array(5, 6, 7, 8)))),
        nested(
            "of two channels",
            "array<array<array<int>>>",
            0,
            0,
            1,
            new Refused(
                "DIR/table: column 'image' holds no usable image: the first is 2 x 2 x 2, but"
                    + " channels, 1 or 3, must be innermost; name another column"),
            (Object) array(array(array(1, 2), array(3, 4)), array(array(5, 6), array(7, 8)))),
        nested(
            "empty",
            "array<array<array<int>>>",
            0,
            0,
            1,
            new Refused(
                "DIR/table: column 'image' holds no usable image: rows of pixels with 1 or 3"
                    + " channels innermost; name another table or column"),
            (Object) array((Object) array((Object) array()))),
        nested(
            "four deep",
            "array<array<array<array<int>>>>",
            0,
            0,
            1,
            new Refused(
                "DIR/table: column 'image' is of type array<array<array<array<int>>>>; name one of"
                    + " Spark's image struct, of a struct of bytes and path, binary, or arrays of"
                    + " numbers"),
            (Object) array((Object) array((Object) array((Object) array(1))))));
  }

  private static Object colours() {
    return array((Object) array(array(1.0, 2.0, 3.0), array(4.0, 5.0, 6.0)));
  }

  private static InputCase bad(String name, Object image, String reason) {
    return nested(
        name, GREY, 0, 0, 1, new Bad("DIR/table, id 1", reason, OTHERS), GOOD, image, GOOD);
  }

  private static InputCase nested(
      String name,
      String type,
      int width,
      int height,
      int channels,
      Outcome outcome,
      Object... images) {
    return new InputCase(
        "Nested: " + name,
        dir -> {
          String path = table(dir, type, images);
          return new ImageSource.Parquet(path, "image", "", "key", width, height, channels, 0);
        },
        outcome);
  }

  private static String table(Path dir, String type, Object... images) {
    List<Row> rows =
        IntStream.range(0, images.length).mapToObj(i -> RowFactory.create(i, images[i])).toList();
    return Tables.write(dir.resolve("table"), "key int, image " + type, 1, rows);
  }

  private static Object[] array(Object... values) {
    return values;
  }
}
