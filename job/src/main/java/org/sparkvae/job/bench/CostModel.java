package org.sparkvae.job.bench;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What averaging costs beyond the steps, on executors of their own with a shard on each, in seconds
 * for S shards and P parameters: a round a + b S + c t P, where t = 2 (S - 1) / S is how often a
 * machine sends the weights; an epoch e + f P besides.
 *
 * <p>Executors that share cores are taken to need their share of the time only: averaging on one
 * machine is work, of copying and sending, and hardly waiting.
 *
 * @param round a
 * @param shard b
 * @param parameter c
 * @param epoch e
 * @param epochParameter f
 * @param worst the largest error of the model on a row's rounds, as a share of what they take
 *     beyond their steps
 */
record CostModel(
    double round,
    double shard,
    double parameter,
    double epoch,
    double epochParameter,
    double worst) {

  /**
   * Fits both parts by least squares of their relative errors; without b where that comes out
   * negative.
   *
   * @param rows at least four, of models of different sizes and of different numbers of shards, two
   *     or more
   * @param cores that the executors shared
   * @throws org.apache.commons.math3.exception.MathIllegalArgumentException where the rows are too
   *     few
   * @throws IllegalArgumentException where all models are of one size, or all rows of as many
   *     shards
   */
  static CostModel of(List<GrowthRow> rows, int cores) {
    requireSeveral(rows, GrowthRow::parameters, "all models are of one size");
    requireSeveral(rows, GrowthRow::shards, "all rows are of as many shards");
    ToDoubleFunction<GrowthRow> average = row -> alone(row, cores);
    double[] round =
        fit(
            rows,
            average,
            row -> new double[] {1, sent(row.shards()) * row.parameters(), row.shards()});
    if (round[2] < 0) {
      double[] less =
          fit(rows, average, row -> new double[] {1, sent(row.shards()) * row.parameters()});
      round = new double[] {less[0], less[1], 0};
    }
    double[] epoch = fit(rows, GrowthRow::beside, row -> new double[] {1, row.parameters()});
    CostModel model = new CostModel(round[0], round[2], round[1], epoch[0], epoch[1], 0);
    double worst = 0;
    for (GrowthRow row : rows) {
      double predicted = model.overhead(row.parameters(), row.shards());
      double measured = alone(row, cores);
      worst = Math.max(worst, Math.abs(predicted - measured) / measured);
    }
    return new CostModel(round[0], round[2], round[1], epoch[0], epoch[1], worst);
  }

  /** Seconds that averaging takes with a core for each shard. */
  private static double alone(GrowthRow row, int cores) {
    return row.aggregate() * Math.min(1, (double) cores / row.shards());
  }

  private static void requireSeveral(
      List<GrowthRow> rows, ToDoubleFunction<GrowthRow> value, String otherwise) {
    if (rows.stream().mapToDouble(value).distinct().count() < 2) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static double[] fit(
      List<GrowthRow> rows,
      ToDoubleFunction<GrowthRow> seconds,
      Function<GrowthRow, double[]> terms) {
    double[] ones = new double[rows.size()];
    double[][] relative = new double[rows.size()][];
    for (int i = 0; i < ones.length; i++) {
      double measured = seconds.applyAsDouble(rows.get(i));
      ones[i] = 1;
      relative[i] = terms.apply(rows.get(i));
      for (int j = 0; j < relative[i].length; j++) {
        relative[i][j] /= measured;
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(ones, relative);
    return regression.estimateRegressionParameters();
  }

  /** How often each machine sends the weights in a round: all parts but its own, twice. */
  private static double sent(int shards) {
    return 2.0 * (shards - 1) / shards;
  }

  /** Seconds of a round beyond its steps. */
  double overhead(long parameters, int shards) {
    return shards == 1 ? 0 : round + shard * shards + parameter * sent(shards) * parameters;
  }

  /** Seconds of an epoch beside its rounds. */
  double besides(long parameters) {
    return epoch + epochParameter * parameters;
  }

  /**
   * Images a second of so many executors, a shard on each, while rounds run.
   *
   * @param step seconds of a minibatch step
   * @param batch images of a step
   * @param every steps of a round
   */
  double speed(long parameters, int executors, double step, int batch, int every) {
    double seconds = every * step + overhead(parameters, executors);
    return (double) executors * batch * every / seconds;
  }

  /**
   * The executors from which on more than half of the time is not spent in steps.
   *
   * @return infinite where no number gets there; 2 where two do
   */
  double turningPoint(long parameters, double step, int every) {
    double rest = every * step - round - 2 * parameter * parameters;
    if (rest <= 0) {
      return 2;
    }
    return shard <= 0 ? Double.POSITIVE_INFINITY : Math.max(2, rest / shard);
  }
}
