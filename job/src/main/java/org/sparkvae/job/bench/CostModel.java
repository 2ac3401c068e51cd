package org.sparkvae.job.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What a round costs beyond its steps: a + c P until its first task runs, and (b + d P) S to
 * collect and average, in seconds for S shards and P parameters.
 *
 * <p>That the driver collects shard after shard is an assumption: the rows that it is fitted to
 * have no more shards than slots, as more would compute in turns while others are collected.
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

  /**
   * Fits both parts by least squares of their relative errors.
   *
   * @param rows of which those with no more shards than slots count; at least three, of models of
   *     different sizes
   * @param slots tasks that ran at a time
   * @throws org.apache.commons.math3.exception.MathIllegalArgumentException where the rows are too
   *     few
   * @throws IllegalArgumentException where all models are of one size
   */
  static CostModel of(List<GrowthRow> rows, int slots) {
    List<GrowthRow> single = rows.stream().filter(row -> row.shards() <= slots).toList();
    if (single.stream().map(GrowthRow::parameters).distinct().count() < 2) {
      throw new IllegalArgumentException("all models are of one size");
    }
    double[] schedule = line(single, GrowthRow::schedule);
    double[] collect = line(single, row -> row.aggregate() / row.shards());
    CostModel model = new CostModel(schedule[0], collect[0], schedule[1], collect[1], 0);
    double worst = 0;
    for (GrowthRow row : single) {
      double measured = row.schedule() + row.aggregate();
      double predicted = model.overhead(row.parameters(), row.shards());
      worst = Math.max(worst, Math.abs(predicted - measured) / measured);
    }
    return new CostModel(schedule[0], collect[0], schedule[1], collect[1], worst);
  }

  /** Constant and slope of a part by parameters. */
  private static double[] line(List<GrowthRow> rows, ToDoubleFunction<GrowthRow> part) {
    double[] ones = new double[rows.size()];
    double[][] terms = new double[rows.size()][];
    for (int i = 0; i < ones.length; i++) {
      double seconds = part.applyAsDouble(rows.get(i));
      ones[i] = 1;
      terms[i] = new double[] {1 / seconds, rows.get(i).parameters() / seconds};
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(ones, terms);
    return regression.estimateRegressionParameters();
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
