package org.sparkvae.job.data;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.settings.ImageSource;

/** The table of a Parquet source: its columns found and checked, its first rows chosen. */
final class ParquetTable {
  private static final String BATCH_ROWS = "spark.sql.parquet.columnarReaderBatchSize";

  private final ImageSource.Parquet source;
  private final Dataset<Row> table;

  /** Opens the table; reads footers only. */
  ParquetTable(SparkSession spark, ImageSource.Parquet source) {
    this.source = source;
    SourceFiles.status(spark.sparkContext().hadoopConfiguration(), source.path());
    try {
      // A session of its own, whose settings are this table's alone.
      this.table =
          spark
              .newSession()
              .read()
              // An index of pages may name others than those that are checked.
              .option(ParquetInputFormat.COLUMN_INDEX_FILTERING_ENABLED, false)
              .parquet(source.path());
    } catch (Exception e) {
      throw new DataException(
          source.path() + ": is no Parquet table: " + ReadFailure.firstLine(root(e)) + "; name one",
          e);
    }
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  /** The type of a column. */
  static DataType type(Dataset<Row> table, String path, String column) {
    List<String> columns = List.of(table.schema().fieldNames());
    if (!columns.contains(column)) {
      throw new DataException(
          String.format(
              "%s: no column '%s'; name one of %s", path, column, String.join(", ", columns)));
    }
    return table.schema().apply(column).dataType();
  }

  private DataType type(String column) {
    return type(table, source.path(), column);
  }

  /** The rows' key: the id column, or their places. */
  RowKey key() {
    String column = source.idColumn();
    if (column.isEmpty()) {
      return new RowKey.InFile(source.path());
    }
    return RowKey.of(source.path(), column, type(column));
  }

  /** The label column. */
  LabelColumn labels() {
    return LabelColumn.of(table, source.path(), source.labels());
  }

  /** The pixel column. */
  PixelColumn pixels(RowKey key) {
    String name = source.column();
    DataType type = type(name);
    if (type instanceof StructType struct && ImageStruct.matches(struct)) {
      return imageStruct(key);
    }
    if (type instanceof BinaryType) {
      return new PixelColumn.Bytes(name, statedShape(type));
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return new PixelColumn.Numbers(name, statedShape(type));
    }
    throw new DataException(
        String.format(
            "%s: column '%s' is of type %s; name one of Spark's image struct, binary, or array of"
                + " numbers",
            source.path(), name, type.simpleString()));
  }

  private ImageShape statedShape(DataType type) {
    if (!ImageShape.isSane(source.width(), source.height(), source.channels())) {
      throw new DataException(
          String.format(
              "%s: column '%s' (%s) cannot hold images of %dx%dx%d; set the source's width, height"
                  + " and channels (1 or 3)",
              source.path(),
              source.column(),
              type.simpleString(),
              source.width(),
              source.height(),
              source.channels()));
    }
    return new ImageShape(source.width(), source.height(), source.channels());
  }

  /** The first image with a sane form, in the order of the rows, gives the shape. */
  private ImageStruct imageStruct(RowKey key) {
    // The fields that are about to be read; the shape, and what it needs, is not known yet.
    check(new ImageStruct(source.column(), new ImageShape(ImageShape.MOST_VALUES, 1, 1), ""));
    String struct = "`" + source.column() + "`";
    Column height = col(struct + ".height");
    Column width = col(struct + ".width");
    Column channels = col(struct + ".nChannels");
    Column values = height.cast("double").multiply(width).multiply(channels);
    Dataset<Row> candidates =
        table
            .where(height.gt(0).and(width.gt(0)).and(channels.isin(1, 3, 4)))
            .where(values.leq(ImageShape.MOST_VALUES))
            .select(
                Stream.concat(
                        key.columns().stream(),
                        Stream.of(width.as("width"), height.as("height"), channels.as("channels")))
                    .toArray(Column[]::new));
    // As internal rows, which the key knows how to name.
    Dataset<Row> first = candidates.orderBy(RowKey.FIRST, RowKey.SECOND).limit(1);
    List<ImageStruct> found = new ArrayList<>();
    for (var row : first.queryExecution().executedPlan().executeCollect()) {
      int structChannels = row.getInt(4);
      ImageShape shape =
          new ImageShape(row.getInt(2), row.getInt(3), ImageStruct.imageChannels(structChannels));
      found.add(new ImageStruct(source.column(), shape, key.name(row)));
    }
    if (found.isEmpty()) {
      throw new DataException(
          String.format(
              "%s: column '%s' holds no usable image; name another table or column",
              source.path(), source.column()));
    }
    return found.get(0);
  }

  /**
   * Keeps the table's reading within the memory there is: a batch holds fewer rows where images are
   * large, and a row group too large for it is refused. Reads footers and headers of pages only.
   */
  void fit(PixelColumn pixels) {
    RuntimeConfig conf = table.sparkSession().conf();
    int rows = Integer.parseInt(conf.get(BATCH_ROWS));
    conf.set(BATCH_ROWS, Math.min(rows, RowGroupSizes.batchRows(pixels)));
    check(pixels);
  }

  private void check(PixelColumn pixels) {
    Stream<List<String>> keys =
        Stream.of(source.idColumn(), source.labels()).filter(name -> !name.isEmpty()).map(List::of);
    RowGroupSizes.check(
        table, pixels, Stream.concat(keys, pixels.storedBeside().stream()).toList());
  }

  /** The rows that are used, ordered by key: key columns, label, pixel columns. */
  Dataset<Row> rows(RowKey key, LabelColumn labels, PixelColumn pixels) {
    List<Column> columns = new ArrayList<>(key.columns());
    columns.add(labels.column());
    columns.addAll(pixels.columns());
    // Names of the table's columns may repeat those of the keys or of each other.
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(i < LabelColumn.AT ? columns.get(i) : columns.get(i).as("value_" + i));
    }
    Dataset<Row> rows = table.select(named.toArray(Column[]::new));
    if (source.limit() > 0 && source.limit() <= Integer.MAX_VALUE) {
      // The last row's key is found without reading pixels; a plain limit would gather all rows
      // in one task.
      List<Row> last =
          rows.select(RowKey.FIRST, RowKey.SECOND)
              .orderBy(RowKey.FIRST, RowKey.SECOND)
              .offset((int) source.limit() - 1)
              .limit(1)
              .collectAsList();
      rows = last.isEmpty() ? rows : rows.where(key.upTo(last.get(0)));
    }
    return rows.orderBy(RowKey.FIRST, RowKey.SECOND);
  }
}
