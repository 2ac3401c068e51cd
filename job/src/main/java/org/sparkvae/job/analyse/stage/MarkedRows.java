package org.sparkvae.job.analyse.stage;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.table.Footers;
import org.sparkvae.job.table.MarkedColumns;
import org.sparkvae.job.table.TablePath;

/**
 * Rows of one kind of analysis as Parquet tables, whose first column says in its metadata which
 * analysis they are of.
 *
 * @param columns of the rows, the first a unique number by which they are sorted
 */
record MarkedRows(SparkSession spark, StructType columns) {
  private static final String ANALYSIS = "analysis";

  /**
   * Writes a table of one file; {@code _SUCCESS} is written last, also where the cluster's defaults
   * do without.
   *
   * @param mark of the analysis
   * @param path a folder that does not exist, any Hadoop URI
   */
  void write(List<Row> rows, String mark, Path path) {
    spark
        .createDataFrame(rows, MarkedColumns.of(columns, ANALYSIS, mark))
        .coalesce(1)
        .write()
        .mode(SaveMode.ErrorIfExists)
        .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
        .parquet(path.toString());
  }

  /** The mark of a table; none where it is not there or has none, or cannot be read. */
  Optional<String> mark(Path path) {
    try {
      if (!isWhole(path)) {
        return Optional.empty();
      }
      return MarkedColumns.mark(table(path).schema(), ANALYSIS);
    } catch (Exception unreadable) { // Spark throws its checked exceptions undeclared.
      return Optional.empty();
    }
  }

  /**
   * The rows of a table, sorted.
   *
   * @return none where it is not there, has another mark or other columns, or cannot be read
   */
  Optional<List<Row>> read(String mark, Path path) {
    if (mark(path).filter(mark::equals).isEmpty()) {
      return Optional.empty();
    }
    try {
      Dataset<Row> table = table(path);
      if (!List.of(table.columns()).equals(List.of(columns.fieldNames()))) {
        return Optional.empty();
      }
      return Optional.of(table.orderBy(columns.fieldNames()[0]).collectAsList());
    } catch (Exception unreadable) { // As above.
      return Optional.empty();
    }
  }

  private boolean isWhole(Path path) throws Exception {
    return Footers.isWhole(spark.sparkContext().hadoopConfiguration(), path);
  }

  private Dataset<Row> table(Path path) {
    return spark
        .read()
        .option("ignoreCorruptFiles", false)
        .option("ignoreMissingFiles", false)
        .parquet(TablePath.literal(path));
  }
}
