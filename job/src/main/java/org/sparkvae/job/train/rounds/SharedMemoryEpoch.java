package org.sparkvae.job.train.rounds;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.Minibatches;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.Round;
import org.sparkvae.job.train.worker.ShardImages;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * An epoch whose shards' tasks all run in one JVM: they tell how many minibatches they have, then
 * in every round train from the common weights, wait for each other, and average a part of the
 * weights each.
 *
 * <p>A task that fails, or whose shard diverges, ends the epoch for all.
 */
final class SharedMemoryEpoch implements AutoCloseable {
  private static final ConcurrentMap<Long, SharedMemoryEpoch> EPOCHS = new ConcurrentHashMap<>();
  private static final AtomicLong KEYS = new AtomicLong();

  private final long key = KEYS.incrementAndGet();
  private final WorkerSpec spec;
  private final RoundPlan plan;
  private final RoundListener listener;
  private final Phaser together;
  private final Weights start;
  private final Minibatches[] shards;
  private final ShardWorker[] workers;
  private final ShardRound[] latest;

  /** Whether each part of the new common weights is finite, as it is where all results are. */
  private final boolean[] finite;

  // Written by the last to arrive while the others wait, which makes them visible to these.
  private CommonWeights common;
  private List<ShardRound.Trained> trained;
  private Weights end;
  private DivergedException diverged;
  private int minibatches;
  private int rounds;
  private RoundSums sums = RoundSums.ZERO;
  private RoundTimes waited = RoundTimes.ZERO;
  private long lastEnd = System.nanoTime();

  /**
   * An epoch of tasks that find it by its key until it is closed.
   *
   * @param shards that will attend
   * @param start weights of the first round; not written to
   * @param listener hears of every round, on a task's thread
   */
  SharedMemoryEpoch(
      WorkerSpec spec, RoundPlan plan, int shards, Weights start, RoundListener listener) {
    this.spec = spec;
    this.plan = plan;
    this.listener = listener;
    this.start = start;
    this.shards = new Minibatches[shards];
    workers = new ShardWorker[shards];
    latest = new ShardRound[shards];
    finite = new boolean[shards];
    together =
        new Phaser(shards) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            return arrived(phase);
          }
        };
    EPOCHS.put(key, this);
  }

  /** The epoch of a key, in its own JVM. */
  static SharedMemoryEpoch of(long key) {
    SharedMemoryEpoch epoch = EPOCHS.get(key);
    if (epoch == null) {
      throw new IllegalStateException("the epoch is over, or in another JVM");
    }
    return epoch;
  }

  long key() {
    return key;
  }

  /** Trains a shard through all rounds, or until the epoch ends early. */
  void attend(int shard, Iterator<DataSet> partition) {
    boolean through = false;
    try {
      through = Pool.lend(spec, worker -> train(shard, ShardImages.packed(partition), worker));
    } finally {
      // Others may still average from its arrays, which a next task may write to: where this one is
      // not through, nobody takes what they average.
      if (!through) {
        together.forceTermination();
      }
    }
  }

  /** True when it is through. */
  private boolean train(int shard, ShardImages images, ShardWorker worker) {
    shards[shard] = new Minibatches(images.size(), spec.batch());
    workers[shard] = worker;
    images.keep(worker.kernels());
    boolean on = all();
    for (int r = 1; on && r <= rounds; r++) {
      TaskContext.get().killTaskIfInterrupted();
      common.load(shard);
      latest[shard] = worker.steps(shard, images, plan.round(r));
      if (latest[shard] instanceof ShardRound.Trained) {
        common.offer(shard);
      }
      if (all()) {
        finite[shard] = common.average(trained, shard, shards.length);
      }
      on = all();
    }
    return true;
  }

  /**
   * What the rounds led to, once all tasks are through.
   *
   * @throws DivergedException where a shard diverged
   */
  EpochRounds.Result result() {
    if (diverged != null) {
      throw diverged;
    }
    if (sums.rounds() != rounds) {
      throw new IllegalStateException("%d of %d rounds".formatted(sums.rounds(), rounds));
    }
    return new EpochRounds.Result(
        end, minibatches, new RoundSums(sums.value(), sums.steps(), rounds, times()));
  }

  @Override
  public void close() {
    EPOCHS.remove(key);
    together.forceTermination();
  }

  /** Waits for all shards; false where the epoch is over. */
  private boolean all() {
    together.arriveAndAwaitAdvance();
    return !together.isTerminated();
  }

  /** What is done once, while all wait; true ends the epoch. */
  private boolean arrived(int phase) {
    if (phase == 0) {
      open();
    } else if (phase % 2 == 1) {
      collect();
    } else {
      endRound();
    }
    return diverged != null;
  }

  private void open() {
    minibatches = Arrays.stream(shards).mapToInt(Minibatches::count).max().orElse(0);
    rounds = plan.rounds(minibatches);
    common = CommonWeights.of(List.of(workers), plan.outer(), start);
    endIfNoneFollows();
    waited = new RoundTimes(secondsSinceLast(), 0, 0);
  }

  private void collect() {
    if (Stream.of(latest).anyMatch(ShardRound.Diverged.class::isInstance)) {
      findDiverged();
      return;
    }
    trained = ShardRound.trained(round(), List.of(latest));
  }

  private void endRound() {
    if (IntStream.range(0, finite.length).anyMatch(part -> !finite[part])) {
      findDiverged();
      if (diverged != null) {
        return;
      }
    }
    double slowest = trained.stream().mapToDouble(ShardRound.Trained::seconds).max().orElse(0);
    double rest = Math.max(0, secondsSinceLast() - slowest);
    sums = sums.plus(trained, new RoundTimes(0, slowest, rest));
    EpochPlan epoch = plan.epoch();
    listener.round(epoch.epoch(), epoch.epochs(), sums.rounds(), rounds);
    endIfNoneFollows();
  }

  private void endIfNoneFollows() {
    if (sums.rounds() == rounds) {
      end = common.end();
    }
  }

  /** Names the first shard that diverged, in its steps or by the weights that they led to. */
  private void findDiverged() {
    Weights own = start.like();
    List<ShardRound> results =
        Stream.of(latest)
            .map(
                result -> {
                  if (result instanceof ShardRound.Trained last) {
                    common.copy(last.shard(), own);
                    return last.with(own).checked(round());
                  }
                  return result;
                })
            .toList();
    try {
      ShardRound.trained(round(), results);
    } catch (DivergedException e) {
      diverged = e;
    }
  }

  private Round round() {
    return plan.round(sums.rounds() + 1);
  }

  private RoundTimes times() {
    return sums.times().plus(waited);
  }

  private double secondsSinceLast() {
    long last = lastEnd;
    lastEnd = System.nanoTime();
    return (lastEnd - last) / 1e9;
  }
}
