package org.sparkvae.job.train;

import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.rounds.EpochRounds;
import org.sparkvae.job.train.rounds.RoundListener;
import org.sparkvae.job.train.rounds.RoundPlan;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * Trains a VAE by parameter averaging, in rounds: every worker takes the same number of minibatch
 * steps from the same parameters and optimiser state, then both are averaged, weighted by the
 * images that each worker processed. An epoch is a Spark job, or where shards cannot all run at
 * once, a round is.
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
  /** Steps between two signs of progress where there is nothing to average. */
  private static final int STEPS_ALONE = 100;

  private final WorkerSpec spec;
  private final TrainingSettings.Averaging averaging;
  private final IntFunction<EpochPlan> plans;
  private final RoundListener listener;
  private EpochOutcome outcome;

  /**
   * A master.
   *
   * @param spec of every worker
   * @param averaging how often, and how
   * @param plans of the epochs, from 1
   * @param listener hears of every round
   */
  public AveragingMaster(
      WorkerSpec spec,
      TrainingSettings.Averaging averaging,
      IntFunction<EpochPlan> plans,
      RoundListener listener) {
    this.spec = spec;
    this.averaging = averaging;
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
    long start = System.nanoTime();
    Weights weights = NetworkWeights.read(net);
    EpochRounds.Result result =
        EpochRounds.of(spark, spec, listener, images.getNumPartitions(), weights.bytes())
            .run(
                images,
                new RoundPlan(plan, steps(images), averaging.outer(), stepsBefore),
                weights);
    if (!result.weights().isFinite()) {
      throw DivergedException.averaged(plan.epoch());
    }
    NetworkWeights.write(result.weights(), net);
    net.setIterationCount(Math.addExact(stepsBefore, result.minibatches()));
    outcome = new EpochOutcome(result.sums(), (System.nanoTime() - start) / 1e9);
  }

  /**
   * The weights of a lone shard are averaged with none, so its rounds may be as long as it likes.
   */
  private int steps(JavaRDD<DataSet> images) {
    return images.getNumPartitions() == 1 && averaging.outer().isPlainAverage()
        ? Math.max(averaging.every(), STEPS_ALONE)
        : averaging.every();
  }

  /** What the last epoch did. */
  EpochOutcome outcome() {
    return outcome;
  }
}
