package org.sparkvae.job.train.rounds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.exchange.MeetingPoint;
import org.sparkvae.job.exchange.Peers;
import org.sparkvae.job.scheduling.Slots;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.Minibatches;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.WorkerSpec;
import scala.reflect.ClassTag$;

/**
 * A Spark job for the whole epoch, on executors of their own: its tasks, one a shard, all run at
 * once as a barrier stage, and average among themselves after every round. The driver hands out the
 * weights that the epoch starts from and collects those that it ends with.
 *
 * <p>Where a task is lost, all are, and the epoch is run again, to the same bits; after several
 * losses, or where executors are not replaced, so that the tasks cannot run at once any more,
 * {@link BroadcastRounds} runs it.
 *
 * @param spark runs the job
 * @param spec of every worker
 * @param listener hears of rounds, now and then
 */
record PeerRounds(JavaSparkContext spark, WorkerSpec spec, RoundListener listener)
    implements EpochRounds {
  /** How often an epoch is tried before its rounds are jobs of their own. */
  private static final int ATTEMPTS = 3;

  /** No part of the weights, with those of the optimiser, may be larger than a block. */
  private static final long MOST_BYTES = 1L << 30;

  /**
   * What Spark says where a task of a barrier stage failed, as it runs none again that ends in a
   * result; and where the slots have gone since they were counted.
   */
  private static final Pattern LOST = Pattern.compile("failed barrier ResultStage|SPARK-24819");

  /**
   * Whether Spark can run all shards at once. It has no barrier stages under dynamic allocation,
   * does not speculate in them, and counts slots that it has excluded.
   *
   * @param bytes of the weights
   */
  static boolean isPossible(JavaSparkContext spark, int shards, long bytes) {
    SparkContext context = spark.sc();
    SparkConf conf = spark.getConf();
    boolean forbidden =
        Stream.of(
                "spark.dynamicAllocation.enabled",
                "spark.speculation",
                "spark.excludeOnFailure.enabled")
            .anyMatch(key -> conf.getBoolean(key, false));
    return !context.isLocal()
        && shards > 1
        && !forbidden
        && bytes / shards <= MOST_BYTES
        && shards <= Slots.of(context);
  }

  @Override
  public Result run(JavaRDD<DataSet> images, RoundPlan plan, Weights start) {
    EpochPlan epoch = plan.epoch();
    int shards = images.getNumPartitions();
    long submitted = System.nanoTime();
    String description = "epoch %d/%d".formatted(epoch.epoch(), epoch.epochs());
    spark.setJobDescription(description + ", counting");
    int minibatches = Minibatches.ofLargestShard(images, spec.batch()).count();
    PeerTask.Plan task = new PeerTask.Plan(spec, plan, plan.rounds(minibatches));
    RoundProgress progress = new RoundProgress(spark.sc(), shards, listener, epoch, task.rounds());
    Optional<List<ShardEpoch>> trained = Optional.empty();
    for (int i = 0; i < ATTEMPTS && trained.isEmpty() && progress.awaitSlots(); i++) {
      spark.setJobDescription(description);
      trained = train(images, task, start, progress);
    }
    spark.setJobDescription(null);
    if (trained.isEmpty()) {
      return new BroadcastRounds(spark, spec, listener).run(images, plan, start);
    }
    double seconds = (System.nanoTime() - submitted) / 1e9;
    return result(plan, minibatches, start.like(), trained.get(), seconds);
  }

  /** Trains all shards; nothing where a task was lost, or there is no room for all. */
  private Optional<List<ShardEpoch>> train(
      JavaRDD<DataSet> images, PeerTask.Plan task, Weights start, RoundProgress progress) {
    Broadcast<Weights> weights = spark.broadcast(start);
    MeetingPoint point = new MeetingPoint(spark.sc().env().rpcEnv(), Peers.point(weights.id()));
    try {
      return progress.await(
          images
              .rdd()
              .barrier()
              .mapPartitions(
                  new PeerTask(task, weights),
                  true,
                  ClassTag$.MODULE$.<ShardEpoch>apply(ShardEpoch.class))
              .toJavaRDD()
              .collectAsync(),
          point);
    } catch (RuntimeException failed) {
      if (!LOST.matcher(String.valueOf(failed.getMessage())).find()) {
        throw failed;
      }
      return Optional.empty();
    } finally {
      // A context that was stopped has ended both, and fails in ways that would hide why.
      if (!spark.sc().isStopped()) {
        point.close();
        weights.destroy();
      }
    }
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
