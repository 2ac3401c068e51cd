package org.sparkvae.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
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

  private final ParameterLayout layout;
  private final Optimiser optimiser;
  private final long trainingImages;
  private final Optional<Clipping> clipping;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray state;
  private final Kernels kernels;
  private final List<List<Piece>> pieces = new ArrayList<>();

  /**
   * Turns on given arrays.
   *
   * @param trainingImages N: gradients are of losses -J
   * @param clipping of each player's gradient, where there is any
   * @param parameters [P], updated in place
   * @param gradient [P], which players set
   * @param state the optimiser's flat state, [moments P], updated in place; null where it keeps
   *     none
   */
  public Turns(
      Task task,
      Optimiser optimiser,
      long trainingImages,
      Optional<Clipping> clipping,
      INDArray parameters,
      INDArray gradient,
      INDArray state) {
    this.layout = task.layout();
    this.optimiser = optimiser;
    this.trainingImages = trainingImages;
    this.clipping = clipping;
    this.parameters = parameters;
    this.gradient = gradient;
    this.state = state;
    this.kernels = Kernels.of(parameters);
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
    long clipped = 0;
    for (int p = 0; p < players.size(); p++) {
      Player player = players.get(p);
      Measures measured = Measures.NONE;
      for (int t = 0; t < player.turns(); t++) {
        draw.fill(player, turn++);
        measured = player.differentiate(settings);
        if (!measured.isFinite()) {
          return measured;
        }
        long step = (minibatch - 1) * player.turns() + t + 1;
        clipped += step(pieces(p, player), settings.learningRate(), step) ? 1 : 0;
      }
      all = players.size() == 1 ? measured : joined(all, player, measured);
    }
    return clipping.isPresent() ? all.with(Clipping.CLIPPED_STEPS, clipped) : all;
  }

  private boolean step(List<Piece> moved, double learningRate, long step) {
    boolean clipped = clipping.isPresent() && clip(moved);
    for (Piece piece : moved) {
      piece.steps().take(learningRate, step);
    }
    return clipped;
  }

  private boolean clip(List<Piece> moved) {
    List<INDArray> gradients = moved.stream().map(Piece::gradient).toList();
    return clipping.get().shorten(kernels, gradients, trainingImages);
  }

  private List<Piece> pieces(int p, Player player) {
    if (p == pieces.size()) {
      pieces.add(of(player));
    }
    return pieces.get(p);
  }

  private List<Piece> of(Player player) {
    List<Piece> found = new ArrayList<>();
    long from = 0;
    long to = 0;
    for (ParameterLayout.Block block : layout.blocks()) {
      if (player.moves(block)) {
        to = block.offset() + block.length();
      } else {
        add(found, from, to);
        from = block.offset() + block.length();
        to = from;
      }
    }
    add(found, from, to);
    return found;
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
