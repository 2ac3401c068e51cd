package org.sparkvae.job.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.Pictures.grey;
import static org.sparkvae.job.fixtures.Pictures.png;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.parquet.RowGroupSizes.Memory;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class EncodedColumnTest {
  @TempDir Path folder;

  private ParquetSource open(String path, String column) {
    ImageSource.Parquet source = new ImageSource.Parquet(path, column, "", "", 0, 0, 1, 0);
    return ParquetSource.open(LocalSpark.session(), source, DataFixtures.reading(source));
  }

  private static List<Optional<String>> paths(ParquetSource source) {
    return Arrays.stream(source.rows().queryExecution().executedPlan().executeCollect())
        .map(source.pixels()::path)
        .toList();
  }

  @Test
  void readsSparksTableOfFiles() {
    byte[] first = png(grey(2, 1, 1, 2));
    for (int i = 0; i < 3; i++) {
      DataFixtures.write(
          folder.resolve("files/" + i + ".png"), i == 0 ? first : png(grey(2, 1, 9, i)));
    }
    String table = folder.resolve("table").toString();
    LocalSpark.session()
        .read()
        .format("binaryFile")
        .load(folder.resolve("files").toString())
        .orderBy("path")
        .coalesce(1)
        .write()
        .parquet(table);
    ImageSource source = new ImageSource.Parquet(table, "content", "", "", 0, 0, 1, 0);
    assertThat(DataFixtures.images(source).pixels()).containsExactly(1, 2, 9, 1, 9, 2);
    assertThat(paths(open(table, "content")))
        .extracting(path -> path.orElseThrow().replaceFirst(".*/", ""))
        .containsExactly("0.png", "1.png", "2.png");
  }

  @Test
  void tellsThePathsOfStructs() {
    byte[] image = png(grey(1, 1, 9));
    String table =
        Tables.write(
            folder.resolve("table"),
            "image struct<bytes: binary, path: string>",
            1,
            List.of(
                RowFactory.create(RowFactory.create(image, "a b.png")),
                RowFactory.create(RowFactory.create(image, null))));
    assertThat(paths(open(table, "image")))
        .containsExactly(Optional.of("a b.png"), Optional.empty());
  }

  @Test
  void hasNoPathsWhereTheTableHasNone() {
    String table =
        Tables.write(
            folder.resolve("table"),
            "image binary, path int",
            1,
            List.of(RowFactory.create(png(grey(1, 1, 9)), 5)));
    assertThat(paths(open(table, "image"))).containsExactly(Optional.empty());
  }

  @Test
  void readsFewRowsAtATimeOfWhateverSizeTheyAre() {
    EncodedColumn column =
        new EncodedColumn(
            List.of("image"), List.of(), DataFixtures.form(new ImageShape(28, 28, 1)));
    assertThat(RowGroupSizes.batchRows(column)).isEqualTo(8);
    RowGroupSizes sizes = new RowGroupSizes(column, List.of());
    assertThat(sizes.isTooLarge(1, Long.MAX_VALUE, new Memory(1L << 30, 2))).isFalse();
  }

  @Test
  void countsALargePageAsASingleCell() {
    Memory memory = new Memory(1L << 30, 2);
    // Within what is read whatever it is: the average cell counts.
    assertThat(RowGroupSizes.takenUnsized(column(1_000, 1_000_000, 500, 32 << 20), memory))
        .isEqualTo(500 + 3 * 8_000.0 + 8 * 1_000);
    // Beyond, the page does.
    double page = (32 << 20) + 1;
    assertThat(RowGroupSizes.takenUnsized(column(1_000, 50 << 20, 500, (long) page), memory))
        .isEqualTo(500 + 3.0 * (50 << 20) + 8 * page);
  }

  private static StoredColumn column(long rows, long unpacked, long packed, long held) {
    return new StoredColumn("image", rows, unpacked, packed, held, Optional.empty());
  }

  @Test
  void takesTheFirstCellThatIsNotNullForItsKind() {
    byte[] image = png(grey(1, 1, 9));
    String table = table(null, null, image);
    ImageSource source = new ImageSource.Parquet(table, "image", "", "", 0, 0, 1, 0);
    assertReads(source, 2, 2);
  }

  @Test
  void findsFilesBehindCellsThatAreNone() {
    String table =
        table(
            new byte[0],
            "GIF89a".getBytes(StandardCharsets.US_ASCII),
            png(grey(2, 1, 1, 9)),
            new byte[2]);
    for (int width : new int[] {0, 2}) {
      ImageSource source =
          new ImageSource.Parquet(table, "image", "", "", width, Math.min(width, 1), 1, 0);
      assertReads(source, 2, 3);
    }
  }

  @Test
  void takesACellOfTheStatedLengthForRaw() {
    String table = table(new byte[0], new byte[] {1, 2}, png(grey(2, 1, 1, 9)));
    ImageSource source = new ImageSource.Parquet(table, "image", "", "", 2, 1, 1, 0);
    assertReads(source, 1, 2);
  }

  private static void assertReads(ImageSource source, long id, long bad) {
    DataSets sets = DataFixtures.load(source, OnBadImage.SKIP);
    assertThat(DataFixtures.all(sets.train().orElseThrow()).ids()).containsExactly(id);
    assertThat(sets.badImages().count()).isEqualTo(bad);
    sets.unpersist();
  }

  /** A table of a binary column, in one file. */
  private String table(byte[]... cells) {
    return Tables.write(
        folder.resolve("table"),
        "image binary",
        1,
        Stream.of(cells).map(cell -> RowFactory.create((Object) cell)).toList());
  }
}
