package org.sparkvae.job.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.Tables.struct;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Pictures;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class ParquetSourceTest {
  private static final byte[] PNG = Pictures.png(Pictures.grey(2, 1, 0, 255));

  @TempDir Path folder;

  private String table(String schema, int files, Row... rows) {
    return Tables.write(folder.resolve("table"), schema, files, List.of(rows));
  }

  private static ImageSource.Parquet source(String path, String labels, String id, long limit) {
    return new ImageSource.Parquet(path, "image", labels, id, 2, 1, 1, limit);
  }

  @Test
  void readsSparksImageStruct() {
    String path =
        table(
            "image " + Tables.IMAGE,
            1,
            RowFactory.create(struct(1, 2, 3, 16, 10, 20, 30, 40, 50, 60)),
            RowFactory.create(struct(1, 2, 4, 24, 10, 20, 30, 255, 100, 150, 200, 51)));
    ImageSource.Parquet source = new ImageSource.Parquet(path, "image", "", "", 0, 0, 0, 0);
    assertThat(
            ParquetSource.open(LocalSpark.session(), source, DataFixtures.reading(source)).shape())
        .isEqualTo(new ImageShape(2, 1, 3));
    ImageBlock images = DataFixtures.images(source);
    assertThat(images.pixels()).containsExactly(30, 20, 10, 60, 50, 40, 30, 20, 10, 40, 30, 20);
    assertThat(images.ids()).containsExactly(0, 1);
  }

  @Test
  void tellsWhatNamesTakeOnAverage() {
    String path =
        table(
            "image struct<bytes:binary,path:string>, key string",
            2,
            RowFactory.create(RowFactory.create(PNG, "a/b.png"), "k"),
            RowFactory.create(RowFactory.create(PNG, null), "key"),
            RowFactory.create(RowFactory.create(PNG, "c.png"), "keys 2"));
    assertThat(nameBytes(path, "")).isEqualTo(new ImageName("4444", null).bytes());
    assertThat(nameBytes(path, "key")).isEqualTo(new ImageName("4444", "333").bytes());
    assertThat(nameBytes(numbers(), "key")).isZero();
  }

  private String numbers() {
    return Tables.write(folder.resolve("numbers"), COLUMNS, 1, List.of(rows(2)));
  }

  private static long nameBytes(String path, String id) {
    ImageSource.Parquet source = new ImageSource.Parquet(path, "image", "", id, 2, 1, 1, 0);
    return ParquetSource.open(LocalSpark.session(), source, DataFixtures.reading(source))
        .nameBytes();
  }

  @Test
  void readsGreyImageStructs() {
    String path =
        table("image " + Tables.IMAGE, 1, RowFactory.create(struct(2, 2, 1, 0, 1, 2, 3, 255)));
    ImageBlock images = DataFixtures.images(source(path, "", "", 0));
    assertThat(images.pixels()).containsExactly(1, 2, 3, 255);
  }

  @Test
  void readsBinaryColumns() {
    String path =
        table(
            "image binary",
            1,
            RowFactory.create(new byte[] {1, (byte) 200}),
            RowFactory.create(new byte[] {3, 4}));
    assertThat(DataFixtures.images(source(path, "", "", 0)).pixels()).containsExactly(1, 200, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"smallint", "int", "bigint", "float", "double", "decimal(5,1)"})
  void readsArraysOfNumbers(String type) {
    String path = folder.resolve("table").toString();
    LocalSpark.session()
        .sql("select cast(array(0, 255) as array<" + type + ">) as image")
        .write()
        .parquet(path);
    assertThat(DataFixtures.images(source(path, "", "", 0)).pixels()).containsExactly(0, 255);
  }

  /** Rows 0 .. n - 1, whose image, id and label tell them apart. */
  private static Row[] rows(int n) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(RowFactory.create(new byte[] {(byte) i, 0}, 1000L - 7 * i, "c" + i % 3, i % 5));
    }
    return rows.toArray(Row[]::new);
  }

  private static final String COLUMNS = "image binary, key bigint, name string, number int";

  @Test
  void numbersRowsInTheOrderOfFilesWithoutAnIdColumn() {
    String path = table(COLUMNS, 4, rows(25));
    ImageBlock images = DataFixtures.images(source(path, "number", "", 0));
    for (int i = 0; i < 25; i++) {
      assertThat(images.ids()[i]).isEqualTo(i);
      assertThat(images.pixels()[2 * i]).isEqualTo((byte) i);
      assertThat(images.labels()[i]).isEqualTo(i % 5);
    }
  }

  @Test
  void ordersRowsByTheIdColumnWhateverTheFiles() {
    String path = table(COLUMNS, 4, rows(25));
    ImageBlock images = DataFixtures.images(source(path, "", "key", 0));
    for (int i = 0; i < 25; i++) {
      assertThat(images.ids()[i]).isEqualTo(1000 - 7 * (24 - i));
      assertThat(images.pixels()[2 * i]).isEqualTo((byte) (24 - i));
    }
  }

  @Test
  void usesTheFirstRowsOnly() {
    String path = table(COLUMNS, 4, rows(25));
    ImageBlock inOrder = DataFixtures.images(source(path, "", "", 11));
    assertThat(inOrder.ids()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(inOrder.pixels()[20]).isEqualTo((byte) 10);
    ImageBlock byId = DataFixtures.images(source(path, "", "key", 2));
    assertThat(byId.ids()).containsExactly(832, 839);
    assertThat(DataFixtures.images(source(path, "", "key", 99)).size()).isEqualTo(25);
    assertThat(DataFixtures.images(source(path, "", "", 99)).size()).isEqualTo(25);
  }

  @Test
  void numbersStringLabelsInSortedOrder() {
    String path =
        table(
            COLUMNS,
            2,
            RowFactory.create(new byte[2], 1L, "dog", 0),
            RowFactory.create(new byte[2], 2L, null, null),
            RowFactory.create(new byte[2], 3L, "cat", 0));
    DataSets sets = DataFixtures.load(source(path, "name", "", 0), OnBadImage.FAIL);
    ImageSet set = sets.train().orElseThrow();
    assertThat(set.labelNames()).isEqualTo(Map.of(0, "cat", 1, "dog"));
    assertThat(DataFixtures.all(set).labels()).containsExactly(1, -1, 0);
    sets.unpersist();
    assertThat(DataFixtures.images(source(path, "number", "", 0)).labels())
        .containsExactly(0, -1, 0);
  }
}
