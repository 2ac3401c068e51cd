package org.sparkvae.job.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.parquet.RowGroupSizes.Memory;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.fixtures.Tables;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

@ExtendWith(LocalSpark.class)
class RowGroupSizesTest {
  private static final int MIB = 1 << 20;
  private static final PixelColumn DIGITS = bytes(new ImageShape(28, 28, 1));

  private static final Memory AMPLE = new Memory(64L << 30, 2);

  @TempDir Path folder;

  private static PixelColumn bytes(ImageShape shape) {
    return new PixelColumn.Bytes("image", shape, DataFixtures.form(shape));
  }

  @Test
  void refusesACellOfAGigabyteBeforeItIsUnpacked() throws IOException {
    Path file = bomb(Files.createDirectory(folder.resolve("a b%20c")).resolve("t.parquet"));
    assertThat(Files.size(file)).isLessThan(2 * MIB);
    ImageSource source =
        new ImageSource.Parquet(file.getParent().toString(), "image", "", "", 2, 1, 1, 0);
    for (OnBadImage onBadImage : OnBadImage.values()) {
      assertThatThrownBy(() -> DataFixtures.load(source, onBadImage))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "file:\\Q"
                  + file
                  + "\\E, row group 1 \\(from 0\\): column 'image' unpacks to 1,073,741,\\d{3}"
                  + " bytes, but 1 of 2x1 grey need 10; write the file again without cells that"
                  + " are no such images, or set the shape that they have");
    }
  }

  @Test
  void countsValuesThatPackIntoNothing() throws IOException {
    String path = folder.resolve("table").toString();
    LocalSpark.session()
        .sql("select array_repeat(cast(0 as tinyint), 30000000) as image")
        .coalesce(1)
        .write()
        .parquet(path);
    try (Stream<Path> files = Files.list(Path.of(path))) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(MIB);
    }
    assertThatThrownBy(
            () ->
                DataFixtures.load(
                    new ImageSource.Parquet(path, "image", "", "", 2, 1, 1, 0), OnBadImage.SKIP))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'image' unpacks to 120,0")
        .hasMessageContaining(" bytes, but 1 of 2x1 grey need 40; write the file again");
  }

  @Test
  void refusesLabelsThatAreNoLabels() {
    String path =
        Tables.write(
            folder.resolve("table"),
            "name string, image binary",
            1,
            List.of(
                RowFactory.create("x".repeat(1000), new byte[] {7, 8}),
                RowFactory.create("x".repeat(1001), new byte[] {7, 8})));
    ImageSource source = new ImageSource.Parquet(path, "image", "name", "", 2, 1, 1, 0);
    assertThatThrownBy(() -> DataFixtures.load(source, OnBadImage.FAIL))
        .isInstanceOf(DataException.class)
        .hasMessage(
            path
                + ": label column 'name' has a label of more than 1,000 characters; name another"
                + " column");
  }

  @Test
  void measuresLabelsToo() throws IOException {
    String path =
        Tables.write(
            folder.resolve("table"),
            "name string, image binary",
            1,
            List.of(RowFactory.create("x".repeat(9 * MIB), new byte[] {7, 8})));
    String file;
    try (Stream<Path> files = Files.list(Path.of(path))) {
      file = files.filter(part -> part.toString().endsWith(".parquet")).toList().get(0).toString();
    }
    RowGroupSizes sizes = new RowGroupSizes(DIGITS, List.of(List.of("name")));
    assertThat(sizes.fault(new Configuration(), file, AMPLE)).isEmpty();
    assertThat(sizes.fault(new Configuration(), file, new Memory(256 * MIB, 2)))
        .hasValueSatisfying(
            fault ->
                assertThat(fault)
                    .startsWith(file + ", row group 0 (from 0): column 'name' unpacks to 9,")
                    .endsWith(
                        " bytes in 1 rows; name a column of ids or of labels of at most 1,000"
                            + " characters"));
  }

  @Test
  void readsWhateverRowGroupsOfUsualSizeHold() throws IOException {
    byte[] cell = new byte[MIB];
    String path =
        Tables.write(
            folder.resolve("table"),
            "key int, image binary",
            1,
            List.of(RowFactory.create(1, new byte[] {7, 8}), RowFactory.create(2, cell)));
    ImageSource source = new ImageSource.Parquet(path, "image", "", "key", 2, 1, 1, 0);
    DataSets sets = DataFixtures.load(source, OnBadImage.SKIP);
    assertThat(sets.badImages().count()).isEqualTo(1);
    sets.unpersist();
  }

  @Test
  void takesImagesOfTheRightSizeInRowGroupsOfAnySize() {
    RowGroupSizes sizes = new RowGroupSizes(DIGITS, List.of());
    long rows = 100_000_000;
    assertThat(sizes.isTooLarge(rows, rows * (784 + 5), AMPLE)).isFalse();
    assertThat(sizes.isTooLarge(rows, 2 * rows * (784 + 8), AMPLE)).isFalse();
    assertThat(sizes.isTooLarge(rows, 2 * rows * (784 + 8) + 1, AMPLE)).isTrue();
    RowGroupSizes onePixel = new RowGroupSizes(bytes(new ImageShape(1, 1, 1)), List.of());
    assertThat(onePixel.isTooLarge(rows, rows * (1 + 5), AMPLE)).isFalse();
    RowGroupSizes decimals =
        new RowGroupSizes(
            new NumberColumn(
                "image",
                1,
                new ImageShape(28, 28, 1),
                DataFixtures.form(new ImageShape(28, 28, 1))),
            List.of());
    assertThat(decimals.isTooLarge(rows, rows * 784 * 17, AMPLE)).isFalse();
  }

  @Test
  void leavesRowGroupsOfUsualSizeToTheReader() {
    RowGroupSizes sizes = new RowGroupSizes(DIGITS, List.of());
    assertThat(sizes.isTooLarge(1, RowGroupSizes.ALWAYS_READ, AMPLE)).isFalse();
    assertThat(sizes.isTooLarge(1, RowGroupSizes.ALWAYS_READ + 1, AMPLE)).isTrue();
    assertThat(sizes.isTooLarge(Long.MAX_VALUE, Long.MAX_VALUE, AMPLE)).isFalse();
  }

  @Test
  void letsLessInWhereTasksShareASmallHeap() {
    RowGroupSizes sizes = new RowGroupSizes(DIGITS, List.of());
    Memory small = new Memory(1L << 30, 2);
    assertThat(sizes.isTooLarge(1, 32 * MIB, small)).isFalse();
    assertThat(sizes.isTooLarge(1, 32 * MIB + 1, small)).isTrue();
    assertThat(sizes.isTooLarge(1_000_000, 1_000_000 * 784L, small)).isFalse();
  }

  @Test
  void countsAWholeRowGroupPackedAndOneBatchOfItUnpacked() {
    RowGroupSizes sizes = new RowGroupSizes(DIGITS, List.of());
    assertThat(RowGroupSizes.batchRows(DIGITS)).isEqualTo((16 << 20) / (784 + 8));
    assertThat(sizes.taken(100, 1000, 7)).isEqualTo(7 + 3 * 1000 + 8 * 10);
    assertThat(sizes.taken(0, 1000, 7)).isEqualTo(7 + (3 + 8) * 1000);
    assertThat(sizes.taken(1_000_000, 10_000_000, 7))
        .isEqualTo(7 + 3 * 10 * RowGroupSizes.batchRows(DIGITS) + 8 * 10);
  }

  @Test
  void readsFewerRowsAtATimeWhereImagesAreLarge() {
    PixelColumn photographs = bytes(new ImageShape(1024, 1024, 3));
    assertThat(RowGroupSizes.batchRows(photographs)).isEqualTo(5);
    PixelColumn huge = bytes(new ImageShape(8192, 8192, 1));
    assertThat(RowGroupSizes.batchRows(huge)).isEqualTo(1);
  }

  @Test
  void measuresOnlyTheDataOfAStruct() {
    ImageStruct struct = new ImageStruct("image", DataFixtures.form(new ImageShape(2, 1, 3)));
    assertThat(struct.stored()).containsExactly("image", "data");
    assertThat(struct.cellBytes()).isEqualTo(8);
  }

  /** A row group of one good row, and one of a cell of zeros, 1 GiB when unpacked. */
  private static Path bomb(Path file) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message t { required binary image; }");
    org.apache.hadoop.fs.Path at = new org.apache.hadoop.fs.Path(file.toUri());
    ParquetFileWriter writer =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(at, new Configuration()),
            schema,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            0,
            64,
            64,
            false);
    writer.start();
    write(writer, schema, 6, gzip(new byte[] {2, 0, 0, 0, 7, 8}));
    // Members of a gzip stream unpack to one after another.
    BytesInput zeros = gzip(new byte[64 * MIB]);
    BytesInput length = gzip(new byte[] {0, 0, 0, 0x40});
    List<BytesInput> cell = new ArrayList<>(Collections.nCopies(16, zeros));
    cell.add(0, length);
    write(writer, schema, (1 << 30) + 4, BytesInput.concat(cell));
    writer.end(Map.of());
    return file;
  }

  private static void write(
      ParquetFileWriter writer, MessageType schema, int unpacked, BytesInput packed)
      throws IOException {
    writer.startBlock(1);
    writer.startColumn(schema.getColumns().get(0), 1, CompressionCodecName.GZIP);
    writer.writeDataPage(
        1,
        unpacked,
        packed,
        Statistics.getBuilderForReading(schema.getColumns().get(0).getPrimitiveType()).build(),
        1L,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    writer.endColumn();
    writer.endBlock();
  }

  private static BytesInput gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return BytesInput.from(packed.toByteArray());
  }
}
