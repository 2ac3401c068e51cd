package org.sparkvae.job.evaluate.table;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.table.Footers;

/**
 * How many rows of a Parquet table the driver sees, by the files' footers.
 *
 * <p>On a path that machines do not share, executors write to their own disks, and Spark's
 * committer takes what the driver sees for all there is.
 */
public final class WrittenRows {
  private WrittenRows() {}

  /**
   * Refuses a table that is not whole.
   *
   * @param wanted rows that were written
   * @throws EvaluationException where the table has another number of rows
   */
  static void check(Configuration hadoop, Path table, long wanted) {
    try {
      long found = Footers.of(hadoop, table).rows();
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
      if (!Footers.isWhole(hadoop, table)) {
        return false;
      }
      Footers footers = Footers.of(hadoop, table);
      return footers.rows() == wanted && mark(footers).filter(mark::equals).isPresent();
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return false;
    }
  }

  /** The mark of a table that is whole; none where it has none, or cannot be read. */
  public static Optional<String> mark(Configuration hadoop, Path table) {
    try {
      return Footers.isWhole(hadoop, table) ? mark(Footers.of(hadoop, table)) : Optional.empty();
    } catch (IOException | RuntimeException unreadable) { // Parquet throws both.
      return Optional.empty();
    }
  }

  private static Optional<String> mark(Footers footers) {
    return footers.mark(EvaluationRows.EVALUATION);
  }
}
