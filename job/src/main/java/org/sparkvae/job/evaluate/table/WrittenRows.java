package org.sparkvae.job.evaluate.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.sparkvae.job.evaluate.scoring.EvaluationException;

/**
 * How many rows of a Parquet table the driver sees, by the files' footers.
 *
 * <p>On a path that machines do not share, executors write to their own disks, and Spark's
 * committer takes what the driver sees for all there is.
 */
public final class WrittenRows {
  private static final String COLUMNS = "org.apache.spark.sql.parquet.row.metadata";

  private WrittenRows() {}

  /**
   * What a file says of itself.
   *
   * @param columns as Spark describes them; null where another program wrote the file
   */
  private record Footer(long rows, String columns) {
    public Optional<String> mark() {
      return Optional.ofNullable(columns).flatMap(EvaluationRows::mark);
    }
  }

  /**
   * Refuses a table that is not whole.
   *
   * @param wanted rows that were written
   * @throws EvaluationException where the table has another number of rows
   */
  static void check(Configuration hadoop, Path table, long wanted) {
    try {
      long found = count(footers(hadoop, table));
      if (found != wanted) {
        throw new EvaluationException(
            String.format(
                Locale.ROOT,
                "%s: %,d of %,d rows are there; set run.directory to a path that the driver and all"
                    + " executors share, such as one on HDFS",
                table,
                found,
                wanted));
      }
    } catch (IOException e) {
      throw new EvaluationException(table + ": cannot be read after it was written: " + e);
    }
  }

  /**
   * Whether a table is there, whole, with so many rows, and every file has a mark. One that cannot
   * be read is as good as none.
   */
  static boolean areThere(Configuration hadoop, Path table, long wanted, String mark) {
    try {
      if (!isWhole(hadoop, table)) {
        return false;
      }
      List<Footer> footers = footers(hadoop, table);
      return count(footers) == wanted
          && footers.stream().allMatch(footer -> footer.mark().filter(mark::equals).isPresent());
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return false;
    }
  }

  /** The mark of a table that is whole; none where it has none, or cannot be read. */
  public static Optional<String> mark(Configuration hadoop, Path table) {
    try {
      if (!isWhole(hadoop, table)) {
        return Optional.empty();
      }
      List<Optional<String>> marks =
          footers(hadoop, table).stream().map(Footer::mark).distinct().toList();
      return marks.size() == 1 ? marks.get(0) : Optional.empty();
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return Optional.empty();
    }
  }

  private static boolean isWhole(Configuration hadoop, Path table) throws IOException {
    Path success = new Path(table, FileOutputCommitter.SUCCEEDED_FILE_NAME);
    return table.getFileSystem(hadoop).exists(success);
  }

  private static long count(List<Footer> footers) {
    return footers.stream().mapToLong(Footer::rows).sum();
  }

  private static List<Footer> footers(Configuration hadoop, Path table) throws IOException {
    FileSystem files = table.getFileSystem(hadoop);
    List<Footer> footers = new ArrayList<>();
    for (FileStatus file : files.listStatus(table)) {
      if (file.isFile() && file.getPath().getName().endsWith(".parquet")) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
          String columns = reader.getFileMetaData().getKeyValueMetaData().get(COLUMNS);
          footers.add(new Footer(reader.getRecordCount(), columns));
        }
      }
    }
    return footers;
  }
}
