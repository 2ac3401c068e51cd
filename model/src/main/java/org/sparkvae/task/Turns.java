package org.sparkvae.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
import org.sparkvae.step.States;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Takes the players' turns on a minibatch: each moves its own blocks of the parameters by the
 * optimiser, and leaves the others' parameters and moments as they are.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Turns {
  /** Fills a player's images and noise before a turn. */
  @FunctionalInterface
  public interface Draw {
    /**
     * Fills them.
     *
     * @param turn number of the turn within the minibatch, from 0, over all players; keys the noise
     */
    void fill(Player player, int turn);
  }

  /** A run of neighbouring blocks that one player moves. */
  private record Piece(INDArray gradient, Steps steps) {}

  /** All that one player moves. */
  private record Moved(List<Piece> pieces, Restraint.Gradient gradient) {}

  private final ParameterLayout layout;
  private final Optimiser optimiser;
  private final long trainingImages;
  private final Restraint restraint;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray state;
  private final DoubleConsumer precondition;
  private final Kernels kernels;
  private final States states;
  private final List<Moved> moved = new ArrayList<>();

  /**
   * Turns on given arrays.
   *
   * @param trainingImages N: gradients are of losses -J
   * @param restraint of each player's gradient
   * @param parameters [P], updated in place
   * @param gradient [P], which players set
   * @param state the optimiser's flat state, [moments P] and whatever else, of which the moments
   *     are updated in place; null where it keeps none
   */
  public Turns(
      Task task,
      Optimiser optimiser,
      long trainingImages,
      Restraint restraint,
      INDArray parameters,
      INDArray gradient,
      INDArray state) {
    this(task, optimiser, trainingImages, restraint, parameters, gradient, state, rate -> {});
  }

  /**
   * Turns on given arrays along other directions than those of gradients.
   *
   * @param trainingImages N: gradients are of losses -J
   * @param restraint of each direction
   * @param parameters [P], updated in place
   * @param gradient [P], which players set
   * @param state the optimiser's flat state, [moments P] and whatever else, of which the moments
   *     are updated in place; null where it keeps none
   * @param precondition turns what is in the gradient vector into the direction of a step, at a
   *     learning rate
   */
  public Turns(
      Task task,
      Optimiser optimiser,
      long trainingImages,
      Restraint restraint,
      INDArray parameters,
      INDArray gradient,
      INDArray state,
      DoubleConsumer precondition) {
    this.layout = task.layout();
    this.optimiser = optimiser;
    this.trainingImages = trainingImages;
    this.restraint = restraint;
    this.parameters = parameters;
    this.gradient = gradient;
    this.state = state;
    this.precondition = precondition;
    this.kernels = Kernels.of(parameters);
    this.states = new States(layout, parameters, gradient);
  }

  /**
   * All turns on one minibatch.
   *
   * @param players of its size, in their order
   * @param minibatch its number, from 1, by which the optimiser counts its steps
   * @return what was measured at each player's last turn; where it is not finite, no step follows
   */
  public Measures take(
      List<? extends Player> players, StepSettings settings, long minibatch, Draw draw) {
    Measures all = Measures.NONE;
    int turn = 0;
    long counted = 0;
    for (int p = 0; p < players.size(); p++) {
      Player player = players.get(p);
      Measures measured = Measures.NONE;
      for (int t = 0; t < player.turns(); t++) {
        draw.fill(player, turn++);
        measured = player.differentiate(settings);
        if (!measured.isFinite()) {
          return measured;
        }
        states.take();
        precondition.accept(settings.learningRate());
        long step = (minibatch - 1) * player.turns() + t + 1;
        counted += step(movedBy(p, player), settings.learningRate(), step);
      }
      all = players.size() == 1 ? measured : joined(all, player, measured);
    }
    for (Measure measure : restraint.measures()) {
      all = all.with(measure, counted);
    }
    return all;
  }

  private long step(Moved by, double learningRate, long step) {
    long counted = restraint.apply(kernels, by.gradient(), trainingImages);
    for (Piece piece : by.pieces()) {
      piece.steps().take(learningRate, step);
    }
    return counted;
  }

  private Moved movedBy(int p, Player player) {
    if (p == moved.size()) {
      moved.add(of(player));
    }
    return moved.get(p);
  }

  private Moved of(Player player) {
    List<Piece> found = new ArrayList<>();
    List<INDArray> tensors = new ArrayList<>();
    long from = 0;
    long to = 0;
    for (ParameterLayout.Block block : layout.blocks()) {
      if (player.moves(block)) {
        to = block.offset() + block.length();
        tensors.add(FlatVector.part(gradient, block.offset(), to));
      } else {
        add(found, from, to);
        from = block.offset() + block.length();
        to = from;
      }
    }
    add(found, from, to);
    List<INDArray> gradients = found.stream().map(Piece::gradient).toList();
    return new Moved(found, new Restraint.Gradient(gradients, tensors));
  }

  private void add(List<Piece> found, long from, long to) {
    if (to > from) {
      INDArray slope = FlatVector.part(gradient, from, to);
      found.add(
          new Piece(
              slope,
              Steps.ofMoments(
                  optimiser,
                  trainingImages,
                  FlatVector.part(parameters, from, to),
                  slope,
                  moments(from, to))));
    }
  }

  /** The moments of an interval of the parameters, in the order of the whole state. */
  private List<INDArray> moments(long from, long to) {
    List<INDArray> moments = new ArrayList<>();
    for (int m = 0; m < optimiser.moments(); m++) {
      moments.add(FlatVector.part(state, m * layout.length() + from, m * layout.length() + to));
    }
    return moments;
  }

  private static Measures joined(Measures all, Player player, Measures measured) {
    Measures joined = all == Measures.NONE ? new Measures(List.of(), measured.images()) : all;
    for (Measure measure : measured.measures()) {
      Measure named =
          new Measure(
              player.name() + "_" + measure.name(),
              player.name() + " " + measure.title(),
              measure.per());
      joined = joined.with(named, measured.sum(measure));
    }
    return joined;
  }
}
