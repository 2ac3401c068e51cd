package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.stddev_samp;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How far images are from others: the mean of the squared differences of their values. */
final class SquaredError {
  private SquaredError() {}

  /** Of two images of as many values. */
  static double of(float[] one, float[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      double difference = (double) one[d] - other[d];
      sum += difference * difference;
    }
    return sum / one.length;
  }

  /** Adds the mean of a column, and its standard error over images, to figures. */
  static void mean(String column, Dataset<Row> table, Map<String, Object> figures) {
    Row found = table.agg(avg(col(column)), stddev_samp(col(column))).head();
    double count = table.where(col(column).isNotNull()).count();
    figures.put("mean_" + column, found.isNullAt(0) ? null : found.getDouble(0));
    figures.put(
        "mean_" + column + "_standard_error",
        found.isNullAt(1) ? null : found.getDouble(1) / Math.sqrt(count));
  }

  /** A figure as a person reads it. */
  static String readable(Map<String, Object> figures, String column) {
    Object mean = figures.get("mean_" + column);
    return mean == null ? "-" : String.format(java.util.Locale.ROOT, "%.5f", (Double) mean);
  }
}
