package org.sparkvae.job.table;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet table whose first column says in its metadata what the rows are of.
 *
 * @param columns of the rows
 * @param mark of what they are of
 */
public record MarkedTable(SparkSession session, StructType columns, String mark) {
  private static final String KEY = "rows of";

  /**
   * Writes rows from the executors; {@code _SUCCESS} is written last, also where the cluster's
   * defaults do without.
   *
   * @param count how many there are
   * @param path a folder that does not exist, any Hadoop URI
   * @throws IOException where the driver does not see all that the executors wrote
   */
  public void write(JavaRDD<Row> rows, long count, Path path) throws IOException {
    session
        .createDataFrame(rows, MarkedColumns.of(columns, KEY, mark))
        .write()
        .mode(SaveMode.ErrorIfExists)
        .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
        .options(PlainFloats.options(columns))
        .parquet(path.toString());
    long found = Footers.of(hadoop(), path).rows();
    if (found != count) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows are there: choose a path that the driver and all executors share,"
                  + " such as one on HDFS",
              found,
              count));
    }
  }

  /**
   * Whether the table is at a place, whole. One that cannot be read is as good as none.
   *
   * @param count rows that it has
   */
  public boolean isAt(Path path, long count) {
    try {
      if (!Footers.isWhole(hadoop(), path)) {
        return false;
      }
      Footers footers = Footers.of(hadoop(), path);
      return footers.rows() == count && footers.mark(KEY).filter(mark::equals).isPresent();
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return false;
    }
  }

  /** The mark of a table that is whole; none where it has none, or cannot be read. */
  public static Optional<String> markAt(Configuration hadoop, Path path) {
    try {
      return Footers.isWhole(hadoop, path) ? Footers.of(hadoop, path).mark(KEY) : Optional.empty();
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return Optional.empty();
    }
  }

  /** Whether there is nothing at a place but such a table, whole or in parts. */
  public static boolean isAloneAt(Configuration hadoop, Path path) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        return true;
      }
      for (FileStatus entry : files.listStatus(path)) {
        // What Hadoop takes for hidden is of whoever writes: _SUCCESS, _temporary, checksums.
        String name = entry.getPath().getName();
        if (!name.startsWith("_")
            && !name.startsWith(".")
            && !(name.endsWith(".parquet") && entry.isFile())) {
          return false;
        }
      }
      return files.getFileStatus(path).isDirectory()
          && Footers.of(hadoop, path).files().stream()
              .allMatch(footer -> footer.mark(KEY).isPresent());
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return false;
    }
  }

  /**
   * The rows of such tables, in no order. A file that is damaged or gone is a failure, whatever the
   * session's settings let pass.
   *
   * @param paths as they are, no patterns
   */
  public Dataset<Row> read(List<Path> paths) {
    return session
        .read()
        .schema(columns)
        .option("ignoreCorruptFiles", false)
        .option("ignoreMissingFiles", false)
        .parquet(paths.stream().map(TablePath::literal).toArray(String[]::new));
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }
}
