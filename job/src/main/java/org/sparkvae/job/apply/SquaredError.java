package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_samp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
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

  /**
   * Adds to figures how many {@code images} there are, and the mean of each column with its
   * standard error over images.
   */
  static void means(List<String> columns, Dataset<Row> table, Map<String, Object> figures) {
    List<Column> wanted = new ArrayList<>();
    for (String column : columns) {
      wanted.addAll(List.of(avg(col(column)), stddev_samp(col(column)), count(col(column))));
    }
    Row found = table.agg(count(lit(1)), wanted.toArray(Column[]::new)).head();
    figures.put("images", found.getLong(0));
    int next = 1;
    for (String column : columns) {
      Object mean = found.get(next++);
      Object deviation = found.get(next++);
      double images = found.getLong(next++);
      figures.put("mean_" + column, mean);
      figures.put(
          "mean_" + column + "_standard_error",
          deviation == null ? null : (Double) deviation / Math.sqrt(images));
    }
  }

  /** A figure as a person reads it. */
  static String readable(Map<String, Object> figures, String column) {
    Object mean = figures.get("mean_" + column);
    return mean == null ? "-" : String.format(java.util.Locale.ROOT, "%.5f", (Double) mean);
  }
}
