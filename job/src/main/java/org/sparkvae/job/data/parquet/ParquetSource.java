package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.source.BlockIterator;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.data.source.SourceBlock;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.ImageSource;

/** A table of images, a Parquet table or a Dataset, which Spark SQL reads and sorts by key. */
public record ParquetSource(
    String path, Dataset<Row> rows, RowKey key, LabelColumn labels, PixelColumn pixels)
    implements OpenSource {

  public static ParquetSource open(
      SparkSession spark, ImageSource.Parquet source, Reading reading) {
    ParquetTable table = new ParquetTable(spark, source);
    try {
      table.requireRows();
      RowKey key = table.key();
      PixelColumn pixels = new PixelColumnChoice(table, key, source, reading).pixels();
      table.fit(pixels);
      LabelColumn labels = table.labels();
      Dataset<Row> rows = table.rows(key, labels, pixels);
      return new ParquetSource(source.path(), rows, key, labels, pixels);
    } catch (Exception e) {
      throw ReadFailure.of(source.path(), e);
    }
  }

  @Override
  public ImageForm form() {
    return pixels.form();
  }

  /** Read from the files' footers, or where a limit cuts the table, from its keys. */
  @Override
  public long mostImages() {
    try {
      return rows.count();
    } catch (Exception e) {
      throw ReadFailure.of(path, e);
    }
  }

  /** Ids and paths that are text, of which alone their columns are read. */
  @Override
  public long nameBytes() {
    List<String> texts = new ArrayList<>();
    if (key instanceof RowKey.TextId) {
      texts.add(RowKey.FIRST);
    }
    pixels.pathAt().ifPresent(ordinal -> texts.add(rows.columns()[ordinal]));
    if (texts.isEmpty()) {
      return 0;
    }
    try {
      Column characters =
          texts.stream()
              .map(text -> coalesce(octet_length(col(text)), lit(0)))
              .reduce(lit(0), Column::plus);
      Row mean = rows.agg(avg(characters)).head();
      return mean.isNullAt(0) ? 0 : ImageName.bytes(texts.size(), Math.round(mean.getDouble(0)));
    } catch (Exception e) {
      throw ReadFailure.of(path, e);
    }
  }

  @Override
  public List<String> labelNames() {
    return labels.names();
  }

  @Override
  public Numbering numbering() {
    return key.numbering();
  }

  @Override
  public boolean keepsOrder() {
    return key.keepsOrder();
  }

  @Override
  public JavaRDD<SourceBlock> blocks(Packing packing, OnBadImage onBadImage) {
    RowReader reader = new RowReader(path, key, labels, pixels, packing, onBadImage);
    // Internal rows spare a boxed object for every value of an array column.
    return rows.queryExecution().toRdd().toJavaRDD().mapPartitions(reader::read);
  }

  /** Reads rows in a task. */
  private record RowReader(
      String path,
      RowKey key,
      LabelColumn labels,
      PixelColumn pixels,
      Packing packing,
      OnBadImage onBadImage)
      implements Serializable {

    Iterator<SourceBlock> read(Iterator<InternalRow> rows) {
      return new BlockIterator(
          path, new ParquetEntries(rows, key, labels, pixels), packing, onBadImage);
    }
  }
}
