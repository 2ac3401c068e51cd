package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.vae.ObjectiveValue;

/**
 * Trains a VAE by parameter averaging, one Spark job a round: every worker takes the same number of
 * minibatch steps from the same parameters and optimiser state, then both are averaged, weighted by
 * the images that each worker processed.
 *
 * <p>{@code new SparkDl4jMultiLayer(spark, network, master).fit(images)} trains an epoch on an RDD
 * of {@link PackedImages}, whose partition s is shard s; it should be cached. The network's own
 * counters tell the epoch (from 0) and the steps taken so far along one worker's sequence, which
 * number Adam's corrections: all shards use the same number at the same step of a round, and an
 * epoch counts as many steps as its largest shard has minibatches.
 *
 * <p>The result depends on the network, the images and the shards alone, not on executors, retries
 * or speculation.
 */
public final class AveragingMaster extends MultiLayerOnlyMaster {
  private final WorkerSpec spec;
  private final int every;
  private final IntFunction<EpochPlan> plans;
  private final TrainingListener listener;
  private EpochOutcome outcome;

  /**
   * A master.
   *
   * @param spec of every worker
   * @param every minibatch steps of each worker in a round
   * @param plans of the epochs, from 1
   * @param listener hears of every round
   */
  public AveragingMaster(
      WorkerSpec spec, int every, IntFunction<EpochPlan> plans, TrainingListener listener) {
    this.spec = spec;
    this.every = every;
    this.plans = plans;
    this.listener = listener;
  }

  /**
   * Trains an epoch and leaves the result in the network.
   *
   * @throws DivergedException where the objective or a parameter is no finite number any more; the
   *     network is then as it was before the epoch
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> images) {
    JavaSparkContext spark = network.getSparkContext();
    MultiLayerNetwork net = network.getNetwork();
    EpochPlan plan = plans.apply(net.getEpochCount() + 1);
    int stepsBefore = net.getIterationCount();
    int minibatches = largestShard(spark, images, plan).count();
    int rounds = (minibatches + every - 1) / every;
    long start = System.nanoTime();
    Weights weights = NetworkWeights.read(net);
    EpochOutcome sums = new EpochOutcome(ObjectiveValue.ZERO, 0, rounds, 0, RoundTimes.ZERO);
    for (int r = 0; r < rounds; r++) {
      Round round =
          new Round(
              plan.epoch(),
              r + 1,
              r * every,
              every,
              (long) stepsBefore + (long) r * every,
              plan.learningRate(),
              plan.klWeight());
      spark.setJobDescription(
          "epoch %d/%d, round %d/%d".formatted(plan.epoch(), plan.epochs(), r + 1, rounds));
      long submitted = System.currentTimeMillis();
      List<ShardRound.Trained> results = run(spark, images, round, weights);
      weights = WeightedAverage.of(results);
      sums = add(sums, results, RoundTimes.of(submitted, results, System.currentTimeMillis()));
      listener.round(plan.epoch(), plan.epochs(), r + 1, rounds);
    }
    spark.setJobDescription(null);
    NetworkWeights.write(weights, net);
    net.setIterationCount(Math.addExact(stepsBefore, minibatches));
    outcome =
        new EpochOutcome(
            sums.sums(), sums.steps(), rounds, (System.nanoTime() - start) / 1e9, sums.times());
  }

  /** What the last epoch did. */
  EpochOutcome outcome() {
    return outcome;
  }

  private List<ShardRound.Trained> run(
      JavaSparkContext spark, JavaRDD<DataSet> images, Round round, Weights weights) {
    Broadcast<Weights> start = spark.broadcast(weights);
    List<ShardRound> shards;
    try {
      shards = images.mapPartitionsWithIndex(new RoundTask(spec, round, start), true).collect();
    } finally {
      start.destroy();
    }
    List<ShardRound.Trained> trained = new ArrayList<>(shards.size());
    for (ShardRound shard : shards) {
      if (shard instanceof ShardRound.Diverged diverged) {
        throw DivergedException.in(round.epoch(), round.number(), diverged);
      }
      if (shard instanceof ShardRound.Trained result) {
        trained.add(result);
      }
    }
    return trained;
  }

  private static EpochOutcome add(
      EpochOutcome sums, List<ShardRound.Trained> results, RoundTimes times) {
    ObjectiveValue value = sums.sums();
    long steps = sums.steps();
    for (ShardRound.Trained result : results) {
      value = value.plus(result.sums());
      steps += result.steps();
    }
    return new EpochOutcome(value, steps, sums.rounds(), 0, sums.times().plus(times));
  }

  private Minibatches largestShard(
      JavaSparkContext spark, JavaRDD<DataSet> images, EpochPlan plan) {
    spark.setJobDescription("epoch %d/%d, counting".formatted(plan.epoch(), plan.epochs()));
    int largest =
        images
            .mapPartitions(p -> List.of(ShardImages.packed(p).size()).iterator(), true)
            .reduce(Math::max);
    return new Minibatches(largest, spec.batch());
  }
}
