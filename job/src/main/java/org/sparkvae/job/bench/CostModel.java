package org.sparkvae.job.bench;

import java.util.List;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What a round costs beyond its steps: a + b S + (c + d S) P seconds for S shards and P parameters.
 *
 * <p>b is the driver's work for a task, c what sending the weights takes once, d what collecting
 * and averaging one shard's takes, both per parameter.
 *
 * @param round a, seconds
 * @param shard b, seconds
 * @param parameter c, seconds
 * @param shardParameter d, seconds
 * @param worst the largest error of the model on a row that it was fitted to, as a share of that
 *     row's overhead
 */
record CostModel(
    double round, double shard, double parameter, double shardParameter, double worst) {
  /** Least rows for a fit. */
  static final int LEAST_ROWS = 5;

  /**
   * Fits by least squares of the relative errors.
   *
   * @param rows that differ in shards, in parameters, and in both at once; at least {@link
   *     #LEAST_ROWS}
   * @param slots tasks that ran at a time
   * @throws org.apache.commons.math3.exception.MathIllegalArgumentException where the rows are too
   *     few
   * @throws org.apache.commons.math3.linear.SingularMatrixException where they do not tell the
   *     terms apart
   */
  static CostModel of(List<GrowthRow> rows, int slots) {
    double[] ones = new double[rows.size()];
    double[][] terms = new double[rows.size()][];
    for (int i = 0; i < ones.length; i++) {
      GrowthRow row = rows.get(i);
      double overhead = row.overheadSeconds(slots);
      double p = row.parameters();
      double s = row.shards();
      ones[i] = 1;
      terms[i] = new double[] {1 / overhead, s / overhead, p / overhead, p * s / overhead};
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(ones, terms);
    double[] fit = regression.estimateRegressionParameters();
    double worst = 0;
    for (double residual : regression.estimateResiduals()) {
      worst = Math.max(worst, Math.abs(residual));
    }
    return new CostModel(fit[0], fit[1], fit[2], fit[3], worst);
  }

  /** Seconds of a round beyond its steps. */
  double overhead(long parameters, int shards) {
    return fixed(parameters) + shards * perShard(parameters);
  }

  /** The part of the overhead that does not grow with the shards, seconds. */
  double fixed(long parameters) {
    return round + parameter * parameters;
  }

  /** What every further shard adds to the overhead, seconds. */
  double perShard(long parameters) {
    return shard + shardParameter * parameters;
  }

  /**
   * Images a second of so many executors, a shard on each.
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
   * The speed that no number of executors exceeds, images a second: where a round is all
   * collecting.
   */
  double limit(long parameters, int batch, int every) {
    return batch * every / perShard(parameters);
  }

  /**
   * The executors from which on half of the time or more is not spent in steps and not in what
   * every round costs: the speed there is half of its limit.
   */
  double turningPoint(long parameters, double step, int every) {
    return (every * step + fixed(parameters)) / perShard(parameters);
  }
}
