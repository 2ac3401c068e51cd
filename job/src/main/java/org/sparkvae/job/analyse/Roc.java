package org.sparkvae.job.analyse;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The receiver operating characteristic of a score by which one set is told from another: at every
 * threshold, the share of each that is at or above it.
 *
 * @param area under the curve: the probability that an image of the one set has a larger score than
 *     one of the other, ties counted half
 * @param points rates of the other set and of the one, [2] each, from (0, 0) to (1, 1)
 */
record Roc(double area, List<double[]> points) {
  /**
   * Of scores on the executors.
   *
   * @param one scores in the first column
   * @param other likewise
   * @param most points to keep, about
   */
  static Roc of(Dataset<Row> one, Dataset<Row> other, int most) {
    JavaPairRDD<Object, Object> scores = labelled(one, 1).union(labelled(other, 0));
    BinaryClassificationMetrics exact = new BinaryClassificationMetrics(scores.rdd(), 0);
    double area = exact.areaUnderROC();
    exact.unpersist();
    BinaryClassificationMetrics binned = new BinaryClassificationMetrics(scores.rdd(), most);
    List<double[]> points = new ArrayList<>();
    for (Tuple2<Object, Object> point : binned.roc().toJavaRDD().collect()) {
      points.add(new double[] {(double) point._1(), (double) point._2()});
    }
    binned.unpersist();
    return new Roc(area, points);
  }

  private static JavaPairRDD<Object, Object> labelled(Dataset<Row> scores, double label) {
    return scores.toJavaRDD().mapToPair(row -> new Tuple2<>(row.getDouble(0), label));
  }
}
