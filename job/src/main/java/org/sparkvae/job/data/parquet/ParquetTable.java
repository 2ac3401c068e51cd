package org.sparkvae.job.data.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.source.SourceFiles;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.table.TablePath;

/** The table of a Parquet source: its columns found and checked, its first rows chosen. */
final class ParquetTable {
  private static final String BATCH_ROWS = "spark.sql.parquet.columnarReaderBatchSize";

  private final ImageSource.Parquet source;
  private final Dataset<Row> table;
  private final int usualBatch;

  /** Opens the table; reads footers only. */
  ParquetTable(SparkSession spark, ImageSource.Parquet source) {
    this.source = source;
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    SourceFiles.status(hadoop, source.path());
    Path path = new Path(source.path());
    try {
      if (!TablePath.isReadable(path, hadoop)) {
        throw new DataException(source.path() + ": " + TablePath.WHY);
      }
      // A session of its own, whose settings are this table's alone.
      this.table =
          spark
              .newSession()
              .read()
              // An index of pages may name others than those that are checked.
              .option(ParquetInputFormat.COLUMN_INDEX_FILTERING_ENABLED, false)
              .parquet(TablePath.literal(path));
    } catch (DataException e) {
      throw e;
    } catch (Exception e) {
      throw new DataException(
          source.path() + ": is no Parquet table: " + ReadFailure.firstLine(root(e)) + "; name one",
          e);
    }
    this.usualBatch = Integer.parseInt(table.sparkSession().conf().get(BATCH_ROWS));
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  /** Refuses a table of empty files, in which there is nothing to tell what images are like. */
  void requireRows() {
    if (table.isEmpty()) {
      throw new DataException(source.path() + ": has no rows; name another table");
    }
  }

  /** The type of a column, which the table must have. */
  static DataType type(Dataset<Row> table, String path, String column) {
    List<String> columns = List.of(table.schema().fieldNames());
    if (!columns.contains(column)) {
      throw new DataException(
          String.format(
              "%s: no column '%s'; name one of %s", path, column, String.join(", ", columns)));
    }
    return table.schema().apply(column).dataType();
  }

  DataType type(String column) {
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

  LabelColumn labels() {
    return LabelColumn.of(table, source.path(), source.labels());
  }

  /**
   * Keeps the table's reading within the memory there is: a batch holds fewer rows where images are
   * large, and a row group too large for it is refused. Reads footers and headers of pages only.
   */
  void fit(PixelColumn pixels) {
    table
        .sparkSession()
        .conf()
        .set(BATCH_ROWS, Math.min(usualBatch, RowGroupSizes.batchRows(pixels)));
    Stream<List<String>> keys =
        Stream.of(source.idColumn(), source.labels()).filter(name -> !name.isEmpty()).map(List::of);
    RowGroupSizes.check(
        table, pixels, Stream.concat(keys, pixels.storedBeside().stream()).toList());
  }

  /** The table as it was read. */
  Dataset<Row> table() {
    return table;
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
    if (source.limit() > 0) {
      // The last row's key is found without reading pixels; a plain limit would gather all rows
      // in one task.
      Dataset<Row> keys = rows.select(RowKey.FIRST, RowKey.SECOND);
      rows = new LastRow(keys, source.limit()).of(key).map(key::upTo).map(rows::where).orElse(rows);
    }
    return rows.orderBy(RowKey.FIRST, RowKey.SECOND);
  }
}
