package org.sparkvae.job.evaluate;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * How many rows of a Parquet table the driver sees, by the files' footers.
 *
 * <p>On a path that machines do not share, executors write to their own disks, and Spark's
 * committer takes what the driver sees for all there is.
 */
final class WrittenRows {
  private WrittenRows() {}

  /**
   * Refuses a table that is not whole.
   *
   * @param wanted rows that were written
   * @throws EvaluationException where the table has another number of rows
   */
  static void check(Configuration hadoop, Path table, long wanted) {
    try {
      long found = count(hadoop, table);
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

  private static long count(Configuration hadoop, Path table) throws IOException {
    FileSystem files = table.getFileSystem(hadoop);
    long rows = 0;
    for (FileStatus file : Arrays.asList(files.listStatus(table))) {
      if (file.isFile() && file.getPath().getName().endsWith(".parquet")) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
          rows += reader.getRecordCount();
        }
      }
    }
    return rows;
  }
}
