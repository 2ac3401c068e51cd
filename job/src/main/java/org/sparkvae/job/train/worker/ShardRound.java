package org.sparkvae.job.train.worker;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.train.weights.ShardWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.step.Measures;

/** What a round did on one shard. */
public sealed interface ShardRound extends Serializable {
  int shard();

  /** The same, but for the weights. */
  default ShardRound withoutWeights() {
    return this;
  }

  /**
   * The results that are averaged, in the order of the shards.
   *
   * @param round that they are of
   * @param shards what it did on every shard
   * @throws DivergedException where a shard diverged, of the first that did
   */
  static List<Trained> trained(Round round, List<ShardRound> shards) {
    List<Trained> trained = new ArrayList<>(shards.size());
    for (ShardRound shard : shards) {
      if (shard instanceof Diverged diverged) {
        throw DivergedException.in(round.epoch(), round.number(), diverged);
      }
      if (shard instanceof Trained result) {
        trained.add(result);
      }
    }
    return trained;
  }

  /** The shard had no images left. */
  record Idle(int shard) implements ShardRound {}

  /**
   * The worker took its steps.
   *
   * @param shard the shard
   * @param weights after the last step; {@link Weights#NONE} where they are read from the worker
   * @param sums over the images of the round; each step's bound before it was taken
   * @param steps taken
   * @param startMillis when the first step began, epoch time of its machine
   * @param seconds that the steps took
   */
  record Trained(
      int shard, Weights weights, Measures sums, int steps, long startMillis, double seconds)
      implements ShardRound {
    @Override
    public Trained withoutWeights() {
      return with(Weights.NONE);
    }

    /** This, where its weights are finite; else what it comes to. */
    public ShardRound checked(Round round) {
      return weights.isFinite()
          ? this
          : new Diverged(shard, round.firstMinibatch() + steps, "a parameter is not finite");
    }

    /** What it brings to the round's average. */
    public ShardWeights weighted() {
      return new ShardWeights(weights.readable(), sums.images());
    }

    /** The same with other weights. */
    public Trained with(Weights others) {
      return new Trained(shard, others, sums, steps, startMillis, seconds);
    }
  }

  /**
   * The objective or the parameters are not finite any more. A value rather than an exception:
   * Spark would try the task again, to the same end.
   *
   * @param shard the shard
   * @param step of the round's epoch on this shard, from 1
   * @param what is not finite, and its value; or what else went wrong
   * @param advice what to do, as the end of a sentence
   */
  record Diverged(int shard, int step, String what, String advice) implements ShardRound {
    /** Where something is not finite. */
    public Diverged(int shard, int step, String what) {
      this(shard, step, what, "lower training.optimiser.learning-rate");
    }

    /** Where something is not finite before any step was taken. */
    static Diverged atTheStart(int shard, String what) {
      return new Diverged(
          shard,
          1,
          what + " at the initial parameters already",
          "choose another model.initialisation, or log-variances of type bounded where the model"
              + " has that setting");
    }
  }
}
