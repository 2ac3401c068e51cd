package org.sparkvae.job.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.host.FloatSource;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveValue;

/**
 * Takes the minibatch steps of one shard in one round, on arrays that it keeps.
 *
 * <p>The result is a function of the arguments of {@link #train}, or of those of {@link #load} and
 * {@link #steps}: whatever an earlier round left behind is overwritten. Not thread-safe: one
 * instance belongs to one task, but for {@link #weights}, which others may read between its steps.
 */
final class ShardWorker {
  private final WorkerSpec spec;
  private final INDArray parameters;
  private final INDArray state;
  private final Kernels kernels;
  private final Objectives objectives;
  private final Steps optimiser;
  private long orderKey;
  private int[] order = new int[0];

  ShardWorker(WorkerSpec spec) {
    this.spec = spec;
    long length = spec.model().parameters();
    long stateLength = Steps.stateLength(spec.optimiser(), length);
    parameters = Nd4j.create(DataType.FLOAT, 1, length);
    INDArray gradient = Nd4j.create(DataType.FLOAT, 1, length);
    state = stateLength == 0 ? null : Nd4j.create(DataType.FLOAT, 1, stateLength);
    kernels = Kernels.of(parameters);
    objectives =
        new Objectives(
            spec.model(), spec.objective(), spec.binariser(), spec.seed(), parameters, gradient);
    optimiser =
        new Steps(spec.optimiser(), spec.objective().trainingImages(), parameters, gradient, state);
  }

  /**
   * Takes a round's steps.
   *
   * @param shard number of the shard, which keys the order of its images
   * @param start parameters and optimiser state to start from
   * @param end arrays for those after the last step, which the result refers to
   */
  ShardRound train(int shard, ShardImages images, Round round, Weights start, Weights end) {
    load(start);
    ShardRound result = steps(shard, images, round);
    if (!(result instanceof ShardRound.Trained trained)) {
      return result;
    }
    end.read(weights());
    return trained.with(end).checked(round);
  }

  /** Sets the parameters and the optimiser's state. */
  void load(Weights start) {
    kernels.copyIn(start.parameters(), parameters);
    if (state != null) {
      kernels.copyIn(start.state(), state);
    }
  }

  /** The parameters and the optimiser's state, to be read until the next step or load. */
  ReadableWeights weights() {
    return new ReadableWeights(
        kernels.source(parameters),
        state == null ? FloatSource.of(new float[0]) : kernels.source(state));
  }

  /**
   * Takes a round's steps from where the worker stands; the result is without weights, which may
   * not be finite.
   *
   * @param shard number of the shard, which keys the order of its images
   */
  ShardRound steps(int shard, ShardImages images, Round round) {
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int last = Math.min(round.firstMinibatch() + round.minibatches(), minibatches.count());
    if (round.firstMinibatch() >= last) {
      return new ShardRound.Idle(shard);
    }
    long startMillis = System.currentTimeMillis();
    long startNanos = System.nanoTime();
    shuffle(round.epoch(), shard, images.size());
    ObjectiveValue sums = ObjectiveValue.ZERO;
    long step = round.stepsBefore();
    for (int m = round.firstMinibatch(); m < last; m++) {
      Objective objective =
          objectives.on(
              images,
              order,
              minibatches.first(m),
              minibatches.size(m),
              Noise.Purpose.TRAINING,
              round.epoch());
      ObjectiveValue value = objective.differentiate(round.klWeight());
      if (!value.isFinite()) {
        return new ShardRound.Diverged(shard, m + 1, "the bound is " + value.bound());
      }
      sums = sums.plus(value);
      optimiser.take(round.learningRate(), ++step);
    }
    return new ShardRound.Trained(
        shard,
        Weights.NONE,
        sums,
        last - round.firstMinibatch(),
        startMillis,
        (System.nanoTime() - startNanos) / 1e9);
  }

  /** The order is the same in every round of an epoch, and drawn once where the worker stays. */
  private void shuffle(int epoch, int shard, int images) {
    long key = Noise.key(spec.seed(), Noise.Purpose.SHUFFLE, epoch, shard);
    if (order.length != images || orderKey != key) {
      order = Noise.permutation(key, images);
      orderKey = key;
    }
  }
}
