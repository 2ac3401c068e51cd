package org.sparkvae.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;

import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.sparkvae.job.report.drawing.Bins;
import org.sparkvae.job.report.pictures.LikelihoodHistogram;

/** How the log p(x) of all rows of an evaluation are spread: counted where the rows lie. */
final class LikelihoodSpread {
  private static final String LIKELIHOOD = "log_likelihood";

  /** Quartiles are exact up to about as many rows, and of more within this part of the ranks. */
  private static final int ACCURACY = 100_000;

  private LikelihoodSpread() {}

  /**
   * The picture of them.
   *
   * @param rows of the evaluation, at least one
   * @param images how many rows there are
   * @param unreliable whether the error of a row's estimate is not known
   */
  static LikelihoodHistogram of(Dataset<Row> rows, long images, Column unreliable) {
    Column likelihood = col(LIKELIHOOD);
    Column quartiles = array(lit(share(images / 4, images)), lit(share(images * 3 / 4, images)));
    Row all =
        rows.agg(
                avg(likelihood),
                min(likelihood),
                max(likelihood),
                percentile_approx(likelihood, quartiles, lit(ACCURACY)),
                count_if(unreliable))
            .head();
    List<Double> between = all.getList(3);
    Bins bins =
        Bins.of(images, all.getDouble(1), all.getDouble(2), between.get(1) - between.get(0));
    fill(rows.select(likelihood).as(Encoders.DOUBLE()), bins);
    return new LikelihoodHistogram(bins, images, all.getDouble(0), all.getLong(4));
  }

  /** The share of the rows up to one, to its middle: that of the row, whatever is rounded. */
  private static double share(long row, long rows) {
    return (row + 0.5) / rows;
  }

  private static void fill(Dataset<Double> likelihoods, Bins bins) {
    likelihoods
        .map((MapFunction<Double, Integer>) bins::at, Encoders.INT())
        .groupBy("value")
        .count()
        .collectAsList()
        .forEach(bin -> bins.counts()[bin.getInt(0)] = bin.getLong(1));
  }
}
