package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.nd4j.linalg.dataset.DataSet;
import scala.reflect.ClassTag$;

/**
 * A Spark job for the whole epoch, on executors of their own: its tasks, one a shard, all run at
 * once as a barrier stage, and average among themselves after every round. The driver hands out the
 * weights that the epoch starts from and collects those that it ends with.
 *
 * <p>Where a task is lost, all are, and the epoch is run again, to the same bits. Where executors
 * are lost and not replaced, so that the tasks cannot run at once any more, {@link BroadcastRounds}
 * runs it.
 *
 * @param spark runs the job
 * @param spec of every worker
 * @param listener hears of rounds, some time after they are done
 */
record PeerRounds(JavaSparkContext spark, WorkerSpec spec, TrainingListener listener)
    implements EpochRounds {
  /** How often an epoch is tried, as Spark tries a task. */
  private static final int ATTEMPTS = 4;

  /** No part of the weights, with those of the optimiser, may be larger than a block. */
  private static final long MOST_BYTES = 1L << 30;

  /**
   * Whether Spark can run all shards at once. It has no barrier stages under dynamic allocation,
   * and does not speculate in them.
   *
   * @param bytes of the weights
   */
  static boolean isPossible(JavaSparkContext spark, int shards, long bytes) {
    SparkContext context = spark.sc();
    SparkConf conf = spark.getConf();
    return !context.isLocal()
        && shards > 1
        && !conf.getBoolean("spark.dynamicAllocation.enabled", false)
        && !conf.getBoolean("spark.speculation", false)
        && bytes / shards <= MOST_BYTES
        && shards <= Slots.of(context);
  }

  @Override
  public Result run(JavaRDD<DataSet> images, RoundPlan plan, Weights start) {
    EpochPlan epoch = plan.epoch();
    long submitted = System.nanoTime();
    String description = "epoch %d/%d".formatted(epoch.epoch(), epoch.epochs());
    spark.setJobDescription(description + ", counting");
    int minibatches = Minibatches.ofLargestShard(images, spec.batch()).count();
    Broadcast<Weights> broadcast = spark.broadcast(start);
    MeetingPoint point = new MeetingPoint(spark.sc().env().rpcEnv(), Peers.point(broadcast.id()));
    try {
      spark.setJobDescription(description);
      Optional<List<ShardEpoch>> shards = train(images, plan, plan.rounds(minibatches), broadcast);
      if (shards.isEmpty()) {
        return new BroadcastRounds(spark, spec, listener).run(images, plan, start);
      }
      double seconds = (System.nanoTime() - submitted) / 1e9;
      return result(plan, minibatches, start.like(), shards.get(), seconds);
    } finally {
      point.close();
      broadcast.destroy();
      spark.setJobDescription(null);
    }
  }

  /** Trains all shards, again where a task is lost; nothing where they cannot run at once. */
  private Optional<List<ShardEpoch>> train(
      JavaRDD<DataSet> images, RoundPlan plan, int rounds, Broadcast<Weights> start) {
    RoundProgress progress = new RoundProgress(spark.sc(), listener, plan.epoch(), rounds);
    for (int attempt = 1; ; attempt++) {
      if (!progress.awaitSlots(images.getNumPartitions())) {
        return Optional.empty();
      }
      LongAccumulator done = spark.sc().longAccumulator("rounds done");
      JavaFutureAction<List<ShardEpoch>> job =
          images
              .rdd()
              .barrier()
              .mapPartitions(
                  new PeerTask(spec, plan, rounds, start, done),
                  true,
                  ClassTag$.MODULE$.<ShardEpoch>apply(ShardEpoch.class))
              .toJavaRDD()
              .collectAsync();
      try {
        return progress.await(job, done, images.getNumPartitions());
      } catch (RuntimeException failed) {
        if (attempt == ATTEMPTS || !isOfATask(failed)) {
          throw failed;
        }
      }
    }
  }

  /** Whether a task failed: Spark runs no barrier stage again that ends in a result. */
  private static boolean isOfATask(RuntimeException failed) {
    return String.valueOf(failed.getMessage()).contains("failed barrier ResultStage");
  }

  private static Result result(
      RoundPlan plan, int minibatches, Weights end, List<ShardEpoch> collected, double seconds) {
    List<ShardEpoch> shards =
        collected.stream().sorted(Comparator.comparingInt(ShardEpoch::shard)).toList();
    RoundSums sums = RoundSums.ZERO;
    double inRounds = 0;
    ShardEpoch clock = shards.get(0);
    for (int r = 0; r < clock.rounds().size(); r++) {
      List<ShardRound> round = new ArrayList<>();
      for (ShardEpoch shard : shards) {
        round.add(shard.rounds().get(r));
      }
      List<ShardRound.Trained> trained = ShardRound.trained(plan.round(r + 1), round);
      double slowest = trained.stream().mapToDouble(ShardRound.Trained::seconds).max().orElse(0);
      double whole = clock.seconds().get(r);
      sums = sums.plus(trained, new RoundTimes(0, slowest, Math.max(0, whole - slowest)));
      inRounds += whole;
    }
    for (ShardEpoch shard : shards) {
      end.set(shard.weights(), shard.shard(), shards.size());
    }
    RoundTimes beside = new RoundTimes(Math.max(0, seconds - inRounds), 0, 0);
    return new Result(
        end,
        minibatches,
        new RoundSums(sums.value(), sums.steps(), sums.rounds(), sums.times().plus(beside)));
  }
}
