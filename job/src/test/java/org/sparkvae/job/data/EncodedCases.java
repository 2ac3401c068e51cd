package org.sparkvae.job.data;

import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.data.InputCase.Bad;
import org.sparkvae.job.data.InputCase.Outcome;
import org.sparkvae.job.data.InputCase.Read;
import org.sparkvae.job.data.InputCase.Refused;
import org.sparkvae.job.fixtures.Jpegs;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.ImageSource;

/** Tables whose column holds PNG and JPEG files: 2x1 pixels, 7 and 8, where they are good. */
final class EncodedCases {
  private static final byte[] GOOD = png(grey(2, 1, 7, 8));
  private static final byte[] CUT = Arrays.copyOf(GOOD, GOOD.length - 20);
  private static final String STRUCT = "struct<bytes: binary, path: string>";

  private EncodedCases() {}

  static Stream<InputCase> all() {
    return Stream.of(binary(), structs(), shapes()).flatMap(c -> c);
  }

  private static Stream<InputCase> binary() {
    return Stream.of(
        unsized("PNG", "binary", new Read("0: 7 8"), (Object) GOOD),
        sized("of a set size", 2, 1, 1, new Read("0: 7 8"), (Object) GOOD),
        unsized("JPEG", "binary", new Read("0: 128 128 128 128"), (Object) Jpegs.grey(2, 2)),
        unsized("null", "binary", bad("is null"), GOOD, null, GOOD),
        unsized("first is null", "binary", first("is null"), null, GOOD),
        unsized("first is cut off", "binary", first("is truncated"), CUT, GOOD),
        unsized("cut off", "binary", bad("is truncated"), GOOD, CUT, GOOD),
        unsized(
            "raw among files", "binary", bad("is neither PNG nor JPEG"), GOOD, new byte[2], GOOD),
        sized(
            "file among raw",
            2,
            1,
            1,
            new Bad(
                "DIR/table, id 1",
                "has " + GOOD.length + " bytes where 2x1 grey needs 2",
                "0: 3 4, 2: 3 4"),
            new byte[] {3, 4},
            GOOD,
            new byte[] {3, 4}),
        unsized("no bytes", "binary", bad("is empty"), GOOD, new byte[0], GOOD),
        unsized(
            "raw of no set size",
            "binary",
            new Refused(
                "DIR/table: column 'image' (binary) cannot hold images of 0x0x1; set the source's"
                    + " width, height and channels (1 or 3)"),
            (Object) new byte[] {3, 4}),
        sized(
            "raw that begins as a JPEG",
            3,
            1,
            1,
            new Read("0: 255 216 255"),
            (Object) new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
        unsized(
            "cut off only",
            "binary",
            new Refused(
                "DIR/table: none of the first cells of column 'image' is a readable image"
                    + " (DIR/table, id 0: is truncated); name another table or column"),
            (Object) CUT));
  }

  private static Stream<InputCase> structs() {
    Row good = RowFactory.create(GOOD, "a.png");
    return Stream.of(
        unsized("struct", STRUCT, new Read("0: 7 8"), good),
        unsized("without path", STRUCT, new Read("0: 7 8"), RowFactory.create(GOOD, null)),
        unsized("null struct", STRUCT, bad("is null"), good, null, good),
        unsized("null bytes", STRUCT, bad("is null"), good, RowFactory.create(null, "b.png"), good),
        unsized(
            "struct of text",
            STRUCT,
            bad("is neither PNG nor JPEG"),
            good,
            RowFactory.create("a picture".getBytes(), "b.txt"),
            good),
        unsized(
            "struct of nulls only",
            STRUCT,
            new Refused(
                "DIR/table: none of the first cells of column 'image' is a readable image (all"
                    + " are null); name another table or column"),
            (Object) null));
  }

  private static Stream<InputCase> shapes() {
    return Stream.of(
        unsized(
            "other size",
            "binary",
            Bad.ofAnotherSize(
                "DIR/table, id 1",
                "has 1x1 pixels where DIR/table, id 0 has 2x1",
                "0: 7 8, 2: 7 8"),
            GOOD,
            png(grey(1, 1, 9)),
            GOOD),
        sized(
            "other size than the set one",
            3,
            1,
            1,
            new Refused(
                "DIR/table, id 0: images are 2x1 grey, where data.train.width, height and channels"
                    + " are 3, 1 and 1; leave them out, as the files in column 'image' tell them"),
            (Object) GOOD),
        sized(
            "other channels than the set ones",
            2,
            1,
            3,
            new Refused(
                "DIR/table, id 0: images are 2x1 grey, where data.train.width, height and channels"
                    + " are 2, 1 and 3; leave them out, as the files in column 'image' tell them"),
            (Object) GOOD));
  }

  private static Outcome bad(String reason) {
    return new Bad("DIR/table, id 1", reason, "0: 7 8, 2: 7 8");
  }

  private static Outcome first(String reason) {
    return new Bad("DIR/table, id 0", reason, "1: 7 8");
  }

  private static InputCase unsized(String name, String type, Outcome outcome, Object... images) {
    return of(name, type, 0, 0, 1, outcome, images);
  }

  private static InputCase sized(
      String name, int width, int height, int channels, Outcome outcome, Object... images) {
    return of(name, "binary", width, height, channels, outcome, images);
  }

  private static InputCase of(
      String name,
      String type,
      int width,
      int height,
      int channels,
      Outcome outcome,
      Object... images) {
    return new InputCase(
        "Encoded: " + name,
        dir ->
            new ImageSource.Parquet(
                table(dir, type, images), "image", "", "key", width, height, channels, 0),
        outcome);
  }

  private static String table(Path dir, String type, Object... images) {
    // The first row has the least id, but is written last.
    List<Row> rows =
        IntStream.range(0, images.length)
            .map(i -> images.length - 1 - i)
            .mapToObj(i -> RowFactory.create(i, images[i]))
            .toList();
    return Tables.write(dir.resolve("table"), "key int, image " + type, 1, rows);
  }
}
