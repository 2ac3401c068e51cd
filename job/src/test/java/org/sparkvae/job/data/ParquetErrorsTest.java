package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.data.Tables.IMAGE;
import static org.sparkvae.job.data.Tables.struct;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class ParquetErrorsTest {
  private static final String HINT =
      "; mend or remove it, or set data.on-bad-image = skip to leave it out";

  @TempDir Path folder;

  private String table(String schema, Object[]... rows) {
    List<Row> made = Arrays.stream(rows).map(RowFactory::create).toList();
    return Tables.write(folder.resolve("table"), schema, 1, made);
  }

  private static ImageSource.Parquet source(String path, String column, String labels, String id) {
    return new ImageSource.Parquet(path, column, labels, id, 2, 1, 1, 0);
  }

  static Stream<Arguments> bad() {
    Row good = struct(1, 2, 1, 0, 7, 8);
    return Stream.of(
        bad("binary", new byte[] {7, 8}, null, "is null"),
        bad("binary", new byte[] {7, 8}, new byte[3], "has 3 bytes where 2x1 grey needs 2"),
        bad("array<int>", array(7, 8), null, "is null"),
        bad("array<int>", array(7, 8), array(1), "has 1 values where 2x1 grey needs 2"),
        bad("array<int>", array(7, 8), array(1, null), "value 1 is null"),
        bad(
            "array<int>",
            array(7, 8),
            array(256, 1),
            "value 0 is 256.0, not a whole number in 0 .. 255"),
        bad(
            "array<int>",
            array(7, 8),
            array(1, -1),
            "value 1 is -1.0, not a whole number in 0 .. 255"),
        bad(
            "array<double>",
            array(7.0, 8.0),
            array(1.0, 0.5),
            "value 1 is 0.5, not a whole number in 0 .. 255"),
        bad(
            "array<double>",
            array(7.0, 8.0),
            array(Double.NaN, 1.0),
            "value 0 is NaN, not a whole number in 0 .. 255"),
        bad(IMAGE, good, null, "is null"),
        bad(IMAGE, good, struct(2, 2, 1, 0, 1, 2, 3, 4), "is 2x2 grey where TABLE is 2x1 grey"),
        bad(
            IMAGE,
            good,
            struct(1, 2, 3, 16, 1, 2, 3, 4, 5, 6),
            "is 2x1 RGB where TABLE is 2x1 grey"),
        bad(IMAGE, good, struct(1, 2, 1, 0, 1), "has 1 bytes where 2x1 with 1 channels needs 2"),
        bad(
            IMAGE,
            good,
            struct(-1, -1, -1, -1),
            "has OpenCV mode -1 and -1 channels, not 8-bit grey, BGR or BGRA"),
        bad(
            IMAGE,
            good,
            struct(1, 2, 1, 5, 1, 2),
            "has OpenCV mode 5 and 1 channels, not 8-bit grey, BGR or BGRA"));
  }

  private static Arguments bad(String type, Object good, Object bad, String reason) {
    return Arguments.of(type, good, bad, reason);
  }

  private static Object array(Object... values) {
    return values;
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("bad")
  void namesTheFirstBadRowOrLeavesThemOut(String type, Object good, Object bad, String reason) {
    String path =
        table(
            "key int, image " + type,
            new Object[] {30, good},
            new Object[] {20, bad},
            new Object[] {10, good});
    ImageSource byId = source(path, "image", "", "key");
    assertThatThrownBy(() -> Fixtures.load(byId, OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(path + ", id 20: " + reason.replace("TABLE", path + ", id 10") + HINT);

    DataSets skipped = Fixtures.load(byId, OnBadImage.SKIP);
    ImageBlock images = Fixtures.all(skipped.train().orElseThrow());
    assertThat(images.ids()).containsExactly(10, 30);
    assertThat(images.pixels()).containsExactly(7, 8, 7, 8);
    assertThat(skipped.badImages().count()).isEqualTo(1);
    skipped.unpersist();
  }

  @Test
  void namesRowsWithoutIdByFileAndNumber() {
    String path =
        table(
            "image binary",
            new Object[] {new byte[2]},
            new Object[] {null},
            new Object[] {new byte[2]});
    ImageSource source = source(path, "image", "", "");
    assertThatThrownBy(() -> Fixtures.load(source, OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "\\Q" + path + ", row 1 (from 0) of part-\\E\\S+\\.parquet: is null\\Q" + HINT + "\\E");
    DataSets skipped = Fixtures.load(source, OnBadImage.SKIP);
    assertThat(Fixtures.all(skipped.train().orElseThrow()).ids()).containsExactly(0, 2);
    skipped.unpersist();
  }

  @Test
  void refusesIdsThatRepeatOrLack() {
    String path =
        table(
            "key int, image binary",
            new Object[] {3, new byte[2]},
            new Object[] {1, new byte[2]},
            new Object[] {3, new byte[2]});
    for (OnBadImage onBadImage : OnBadImage.values()) {
      expectError(
          source(path, "image", "", "key"),
          onBadImage,
          path + ", id 3: two rows have this id; give every row its own");
    }
  }

  @Test
  void refusesRowsWithoutId() {
    String path =
        table(
            "key int, image binary",
            new Object[] {3, new byte[2]},
            new Object[] {null, new byte[2]});
    expectError(
        source(path, "image", "", "key"),
        OnBadImage.SKIP,
        path + ": a row has no id in column 'key'; give every row one");
  }

  @Test
  void namesRowsWhoseLabelsAreNoWholeNumbers() {
    String path =
        table(
            "key int, image binary, label double",
            new Object[] {1, new byte[2], 3.0},
            new Object[] {2, new byte[2], 2.5});
    expectError(
        source(path, "image", "label", "key"),
        OnBadImage.FAIL,
        path + ", id 2: label 2.5 is no whole number from 0 on" + HINT);
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    String path =
        table(
            "image binary, name string, flag boolean, none array<int>",
            new Object[] {new byte[2], "a", true, array(1)});
    OnBadImage fail = OnBadImage.FAIL;
    expectError(
        source(path, "picture", "", ""),
        fail,
        path + ": no column 'picture'; name one of image, name, flag, none");
    expectError(
        source(path, "name", "", ""),
        fail,
        path
            + ": column 'name' is of type string; name one of Spark's image struct, binary, or"
            + " array of numbers");
    expectError(
        source(path, "image", "", "name"),
        fail,
        path + ": id column 'name' is of type string; name a column of whole numbers");
    expectError(
        source(path, "image", "flag", ""),
        fail,
        path + ": label column 'flag' is of type boolean; name a column of numbers or strings");
    expectError(
        new ImageSource.Parquet(path, "image", "", "", 0, 0, 1, 0),
        fail,
        path
            + ": column 'image' (binary) cannot hold images of 0x0x1; set the source's width,"
            + " height and channels (1 or 3)");
    expectError(
        new ImageSource.Parquet(path, "image", "", "", 1 << 20, 1 << 20, 1, 0),
        fail,
        path
            + ": column 'image' (binary) cannot hold images of 1048576x1048576x1; set the"
            + " source's width, height and channels (1 or 3)");
  }

  @Test
  void refusesTablesWithoutImages() {
    String path = table("image binary, struct " + IMAGE);
    expectError(
        source(path, "image", "", ""),
        OnBadImage.SKIP,
        path + ": holds no usable image; name another source");
    expectError(
        source(path, "struct", "", ""),
        OnBadImage.SKIP,
        path + ": column 'struct' holds no usable image; name another table or column");
  }

  @Test
  void refusesWhatIsNoTable() throws Exception {
    String missing = folder.resolve("missing").toString();
    expectError(
        source(missing, "image", "", ""),
        OnBadImage.FAIL,
        missing + ": does not exist; check the path");
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    assertThatThrownBy(() -> Fixtures.load(source(empty, "image", "", ""), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(empty + ": is no Parquet table: ")
        .hasMessageEndingWith("; name one")
        .hasMessageNotContaining("\n");
    String text = Fixtures.write(folder.resolve("text.parquet"), "some text".getBytes());
    assertThatThrownBy(() -> Fixtures.load(source(text, "image", "", ""), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(text + ": is no Parquet table: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesTablesDamagedBehindTheirFooters() throws Exception {
    String path =
        table("image binary", new Object[] {new byte[2]}, new Object[] {new byte[] {3, 4}});
    Path file;
    try (Stream<Path> files = Files.list(Path.of(path))) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4, 40, (byte) 0);
    Files.write(file, bytes);
    try (Stream<Path> files = Files.list(Path.of(path))) {
      files.filter(f -> f.toString().endsWith(".crc")).forEach(f -> f.toFile().delete());
    }
    assertThatThrownBy(() -> Fixtures.load(source(path, "image", "", ""), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(path + ": cannot be read: ")
        .hasMessageEndingWith("; mend the data or its store")
        .hasMessageNotContaining("\n");
  }

  private static void expectError(ImageSource source, OnBadImage onBadImage, String message) {
    assertThatThrownBy(() -> Fixtures.load(source, onBadImage))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
