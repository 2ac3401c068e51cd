package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.FloatSource;
import org.sparkvae.job.train.weights.ArrayWeights;
import org.sparkvae.job.train.weights.ReadableWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
import org.sparkvae.task.Turns;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Takes the minibatch steps of one shard in one round, on arrays that it keeps.
 *
 * <p>The result is a function of the arguments of {@link #train}, or of the weights and the
 * arguments of {@link #steps}: whatever an earlier round left behind is overwritten. Not
 * thread-safe: one instance belongs to one task, but for its weights, which others may read between
 * its steps.
 */
public final class ShardWorker {
  private final WorkerSpec spec;
  private final INDArray parameters;
  private final INDArray state;
  private final ArrayWeights arrays;
  private final Kernels kernels;
  private final INDArray gradient;
  private final MinibatchImages minibatch;
  private final Map<Integer, List<? extends Player>> playersBySize = new HashMap<>();
  private final Optional<NaturalSteps> natural;
  private final Turns turns;
  private PartArrays part;
  private int orderEpoch;
  private int orderShard;
  private int[] order = new int[0];

  public ShardWorker(WorkerSpec spec) {
    this.spec = spec;
    parameters = spec.vector();
    gradient = spec.vector();
    state = spec.state();
    arrays = ArrayWeights.of(parameters, state);
    kernels = Kernels.of(parameters);
    minibatch =
        new MinibatchImages(
            spec.model().x().values(),
            spec.binariser(),
            spec.seed(),
            Noise.Purpose.TRAINING,
            kernels);
    natural = NaturalSteps.of(spec, parameters, gradient, state);
    turns =
        new Turns(
            spec.task(),
            spec.optimiser(),
            spec.objective().trainingImages(),
            spec.restraint(),
            parameters,
            gradient,
            state,
            rate -> natural.ifPresent(of -> of.precondition(rate)));
  }

  /**
   * Takes a round's steps.
   *
   * @param shard number of the shard, which keys the order of its images
   * @param start parameters and optimiser state to start from
   * @param end arrays for those after the last step, which the result refers to
   */
  public ShardRound train(int shard, ShardImages images, Round round, Weights start, Weights end) {
    load(start);
    ShardRound result = steps(shard, images, round);
    if (!(result instanceof ShardRound.Trained trained)) {
      return result;
    }
    arrays.write(kernels, end);
    return trained.with(end).checked(round);
  }

  /** Sets the parameters and the optimiser's state. */
  public void load(Weights start) {
    arrays.read(kernels, start);
  }

  /** The kernels that compute on the arrays. */
  public Kernels kernels() {
    return kernels;
  }

  /** Where the parameters and the optimiser's state lie. */
  public ArrayWeights arrays() {
    return arrays;
  }

  /** Arrays for one of several parts of the weights of all workers; the same for as many parts. */
  public PartArrays part(int parts) {
    if (part == null || parts != part.parts()) {
      part = new PartArrays(arrays, parts);
    }
    return part;
  }

  /** The parameters and the optimiser's state, to be read until the next step or load. */
  public ReadableWeights weights() {
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
  public ShardRound steps(int shard, ShardImages images, Round round) {
    Minibatches minibatches = new Minibatches(images.size(), spec.batch());
    int last = Math.min(round.firstMinibatch() + round.minibatches(), minibatches.count());
    if (round.firstMinibatch() >= last) {
      return new ShardRound.Idle(shard);
    }
    long startMillis = System.currentTimeMillis();
    long startNanos = System.nanoTime();
    shuffle(round.epoch(), shard, minibatches);
    Measures sums = Measures.NONE;
    long step = round.stepsBefore();
    if (natural.isPresent() && !natural.get().begin(step)) {
      return NaturalSteps.singular(shard, round.firstMinibatch() + 1);
    }
    for (int m = round.firstMinibatch(); m < last; m++) {
      int size = minibatches.size(m);
      List<? extends Player> players = playersBySize.computeIfAbsent(size, this::players);
      minibatch.take(images, order, minibatches.first(m), size, round.epoch());
      step++;
      if (natural.isPresent() && !natural.get().before(step, size, minibatch)) {
        return NaturalSteps.singular(shard, m + 1);
      }
      Measures value = turns.take(players, round.settings(), step, minibatch::fill);
      if (!value.isFinite()) {
        return step == 1
            ? ShardRound.Diverged.atTheStart(shard, "the " + value.notFinite())
            : new ShardRound.Diverged(shard, m + 1, "the " + value.notFinite());
      }
      sums = sums.plus(value);
    }
    return new ShardRound.Trained(
        shard,
        Weights.NONE,
        sums,
        last - round.firstMinibatch(),
        startMillis,
        (System.nanoTime() - startNanos) / 1e9);
  }

  private List<? extends Player> players(int size) {
    return spec.task().players(size, parameters, gradient);
  }

  /** The order is the same in every round of an epoch, and drawn once where the worker stays. */
  private void shuffle(int epoch, int shard, Minibatches minibatches) {
    if (order.length != minibatches.images() || orderEpoch != epoch || orderShard != shard) {
      order = minibatches.order(spec.seed(), epoch, shard);
      orderEpoch = epoch;
      orderShard = shard;
    }
  }
}
