package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The first rows of a table by a number of theirs. */
final class FirstRows {
  private FirstRows() {}

  /**
   * So many rows, sorted. The numbers are read first, so that of the other columns, which may be
   * images, only those rows are.
   *
   * @param number a column of whole numbers, each of a row
   * @param count at least one
   */
  static Dataset<Row> of(Dataset<Row> table, String number, int count) {
    Dataset<Row> first = table.select(number).orderBy(number).limit(count);
    long last = first.agg(max(number)).head().getLong(0);
    return table.where(col(number).leq(last)).orderBy(number).limit(count);
  }
}
