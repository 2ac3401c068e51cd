package org.sparkvae.job.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.fixtures.Tables.IMAGE;

import java.io.IOException;
import java.io.InputStream;
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
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Tables;
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

  @Test
  void namesRowsWithoutIdByFileAndNumber() {
    String path =
        table(
            "image binary",
            new Object[] {new byte[2]},
            new Object[] {null},
            new Object[] {new byte[2]});
    ImageSource source = source(path, "image", "", "");
    assertThatThrownBy(() -> DataFixtures.load(source, OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "\\Q" + path + ", row 1 (from 0) of part-\\E\\S+\\.parquet: is null\\Q" + HINT + "\\E");
    DataSets skipped = DataFixtures.load(source, OnBadImage.SKIP);
    assertThat(DataFixtures.all(skipped.train().orElseThrow()).ids()).containsExactly(0, 2);
    skipped.unpersist();
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    String path =
        table(
            "image binary, name string, flag boolean, none array<int>",
            new Object[] {new byte[2], "a", true, new Object[] {1}});
    OnBadImage fail = OnBadImage.FAIL;
    expectError(
        source(path, "picture", "", ""),
        fail,
        path + ": no column 'picture'; name one of image, name, flag, none");
    expectError(
        source(path, "name", "", ""),
        fail,
        path
            + ": column 'name' is of type string; name one of Spark's image struct, of a struct of"
            + " bytes and path, binary, or arrays of numbers");
    expectError(
        source(path, "image", "", "flag"),
        fail,
        path + ": id column 'flag' is of type boolean; name a column of whole numbers or strings");
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
    String path = table("image binary, struct " + IMAGE, new Object[] {null, null});
    ImageSource nulls = source(path, "image", "", "");
    assertThatThrownBy(() -> DataFixtures.load(nulls, OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            path + ": holds no usable image (1 bad image was left out: 1 null); the first: ")
        .hasMessageEndingWith("; name another source");
    expectError(
        source(path, "struct", "", ""),
        OnBadImage.SKIP,
        path + ": column 'struct' holds no usable image; name another table or column");
  }

  @Test
  void refusesTablesWithoutRows() throws Exception {
    String path = table("image binary, struct " + IMAGE);
    for (String column : List.of("image", "struct")) {
      expectError(
          source(path, column, "", ""),
          OnBadImage.SKIP,
          path + ": has no rows; name another table");
    }
    Path folder = Files.createDirectory(this.folder.resolve("empty groups"));
    emptyGroup(folder.resolve("a.parquet"));
    expectError(
        source(folder.toString(), "image", "", ""),
        OnBadImage.FAIL,
        folder + ": has no rows; name another table");
    expectError(
        new ImageSource.Parquet(folder.toString(), "image", "", "", 0, 0, 1, 0),
        OnBadImage.FAIL,
        folder + ": has no rows; name another table");
  }

  @Test
  void passesOverRowGroupsWithoutRows() throws Exception {
    String path = table("image binary", new Object[] {new byte[] {5, 6}});
    emptyGroup(Path.of(path).resolve("a.parquet"));
    emptyGroup(Path.of(path).resolve("z.parquet"));
    DataSets sets = DataFixtures.load(source(path, "image", "", ""), OnBadImage.FAIL);
    assertThat(DataFixtures.all(sets.train().orElseThrow()).pixels()).containsExactly(5, 6);
    sets.unpersist();
  }

  /** The file of an empty table by pyarrow: binary images, a row group of 0 rows, a dictionary. */
  private static void emptyGroup(Path file) throws IOException {
    try (InputStream made =
        ParquetErrorsTest.class.getResourceAsStream("/tables/row-group-of-no-rows.parquet")) {
      Files.copy(made, file);
    }
  }

  @Test
  void refusesWhatIsNoTable() throws Exception {
    String missing = folder.resolve("missing").toString();
    expectError(
        source(missing, "image", "", ""),
        OnBadImage.FAIL,
        missing + ": does not exist; check the path");
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    assertThatThrownBy(() -> DataFixtures.load(source(empty, "image", "", ""), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(empty + ": is no Parquet table: ")
        .hasMessageEndingWith("; name one")
        .hasMessageNotContaining("\n");
    String text = DataFixtures.write(folder.resolve("text.parquet"), "some text".getBytes());
    assertThatThrownBy(() -> DataFixtures.load(source(text, "image", "", ""), OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(text + ": is no Parquet table: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesPathsThatHadoopTakesApart() throws Exception {
    String odd = Files.createDirectories(folder.resolve("a:b/[c]")).toString();
    expectError(
        source(odd, "image", "", ""),
        OnBadImage.FAIL,
        odd
            + ": has both ':' and one of []{}*?\\, and tables on such paths cannot be read; name a"
            + " path without one of them");
  }

  @Test
  void readsFromPathsThatLookLikePatterns() {
    for (String name : List.of("a[b]{c}*?", "a:b")) {
      String path =
          Tables.write(
              folder.resolve(name), "image binary", 1, List.of(RowFactory.create(new byte[2])));
      assertThat(DataFixtures.images(source(path, "image", "", "")).size()).isEqualTo(1);
    }
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
    assertThatThrownBy(() -> DataFixtures.load(source(path, "image", "", ""), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "file:"
                + file
                + ", row group 0 (from 0): column 'image' has a page whose header cannot be read: ")
        .hasMessageEndingWith("; write the file again")
        .hasMessageNotContaining("\n");
  }

  private static void expectError(ImageSource source, OnBadImage onBadImage, String message) {
    assertThatThrownBy(() -> DataFixtures.load(source, onBadImage))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
