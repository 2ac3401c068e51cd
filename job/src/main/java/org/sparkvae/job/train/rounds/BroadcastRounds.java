package org.sparkvae.job.train.rounds;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.train.weights.AveragingRule;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.Minibatches;
import org.sparkvae.job.train.worker.Round;
import org.sparkvae.job.train.worker.RoundTask;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * A Spark job for every round: the driver broadcasts the weights, and averages what the tasks
 * return.
 *
 * @param spark runs the jobs
 * @param spec of every worker
 * @param listener hears of every round
 */
record BroadcastRounds(JavaSparkContext spark, WorkerSpec spec, RoundListener listener)
    implements EpochRounds {
  @Override
  public Result run(JavaRDD<DataSet> images, RoundPlan plan, Weights start) {
    CollectedWeights.of(images.getNumPartitions(), start)
        .checkFit(Runtime.getRuntime().maxMemory());
    EpochPlan epoch = plan.epoch();
    spark.setJobDescription("epoch %d/%d, counting".formatted(epoch.epoch(), epoch.epochs()));
    int minibatches = Minibatches.ofLargestShard(images, spec.batch()).count();
    int rounds = plan.rounds(minibatches);
    Weights weights = start;
    AveragingRule averaging = AveragingRule.of(plan.outer());
    RoundSums sums = RoundSums.ZERO;
    for (int r = 1; r <= rounds; r++) {
      spark.setJobDescription(
          "epoch %d/%d, round %d/%d".formatted(epoch.epoch(), epoch.epochs(), r, rounds));
      long submitted = System.currentTimeMillis();
      List<ShardRound.Trained> results = run(images, plan.round(r), weights);
      weights =
          averaging.average(results.stream().map(ShardRound.Trained::weighted).toList(), weights);
      sums = sums.plus(results, RoundTimes.of(submitted, results, System.currentTimeMillis()));
      listener.round(epoch.epoch(), epoch.epochs(), r, rounds);
    }
    spark.setJobDescription(null);
    return new Result(weights, minibatches, sums);
  }

  private List<ShardRound.Trained> run(JavaRDD<DataSet> images, Round round, Weights weights) {
    Broadcast<Weights> start = spark.broadcast(weights);
    try {
      return ShardRound.trained(
          round, images.mapPartitionsWithIndex(new RoundTask(spec, round, start), true).collect());
    } finally {
      // A context that was stopped has ended it, and fails in ways that would hide why.
      if (!spark.sc().isStopped()) {
        start.destroy();
      }
    }
  }
}
