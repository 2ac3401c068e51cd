package org.sparkvae.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.ImageBuffer;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.step.Player;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Two players on f(u, v) = sum of u^2 + 2 u v - v^2: one makes it small by u, the other large by v.
 * They meet at 0.
 */
class TurnsTest {
  private static final int N = 3;
  private static final int IMAGES = 10;
  private static final Adam ADAM = new Adam(0.9, 0.999, 1e-8);
  private static final StepSettings SETTINGS = new StepSettings(0.02, 1);
  private static final Measure VALUE = new Measure("f", "f", Measure.Per.IMAGE);
  private static final List<String> BLOCKS = List.of("u.0", "v", "u.1");

  /**
   * The vector is u.0, v, u.1, each of N values; u is the sum of both of its blocks.
   *
   * @param sign 1 for who makes f small, -1 for who makes it large
   */
  private record Toy(
      String name,
      Set<String> blocks,
      int turns,
      double sign,
      INDArray parameters,
      INDArray gradient)
      implements Player {
    @Override
    public boolean moves(ParameterLayout.Block block) {
      return blocks.contains(block.name());
    }

    @Override
    public ImageBuffer pixels() {
      return new ImageBuffer(Kernels.of(parameters), 0, 0);
    }

    @Override
    public NoiseBuffers noise() {
      return null;
    }

    @Override
    public Measures differentiate(StepSettings settings) {
      double f = 0;
      for (int i = 0; i < N; i++) {
        double u = parameters.getDouble(i) + parameters.getDouble(2 * N + i);
        double v = parameters.getDouble(N + i);
        f += u * u + 2 * u * v - v * v;
        double byU = sign * (2 * u + 2 * v);
        gradient.putScalar(i, IMAGES * byU);
        gradient.putScalar(N + i, IMAGES * sign * (2 * u - 2 * v));
        gradient.putScalar(2 * N + i, IMAGES * byU);
      }
      return new Measures(List.of(VALUE), 1, f);
    }
  }

  /** Of minimiser and maximiser. */
  private record Duel(int turnsOfMaximiser) implements Task {
    @Override
    public ParameterLayout layout() {
      Recorder recorder = new Recorder(1, 1);
      BLOCKS.forEach(block -> recorder.vector(block, N, new Start.Constant(0)));
      return recorder.layout();
    }

    @Override
    public List<Toy> players(int images, INDArray parameters, INDArray gradient) {
      return List.of(
          new Toy("small", Set.of("u.0", "u.1"), 1, 1, parameters, gradient),
          new Toy("large", Set.of("v"), turnsOfMaximiser, -1, parameters, gradient));
    }
  }

  /** Vectors on which a task is played. */
  private static final class Board {
    final INDArray parameters =
        Nd4j.createFromArray(1.0, -0.5, 0.3, 0.8, 0.1, -1.2, 0.4, 0.7, -0.9);
    final INDArray gradient = parameters.like();
    final INDArray state;
    final Turns turns;
    final List<? extends Player> players;

    Board(Task task, Optimiser optimiser, Restraint restraint) {
      state =
          optimiser.moments() == 0
              ? null
              : Nd4j.zeros(DataType.DOUBLE, Steps.stateLength(optimiser, parameters.length()));
      turns = new Turns(task, optimiser, IMAGES, restraint, parameters, gradient, state);
      players = task.players(1, parameters, gradient);
    }

    Measures take(long minibatch) {
      return turns.take(players, SETTINGS, minibatch, (player, turn) -> {});
    }
  }

  @Test
  void twoPlayersMeetAtTheSaddle() {
    Board board = new Board(new Duel(1), new Sgd(0), new Unrestrained());
    Measures last = null;
    for (int minibatch = 1; minibatch <= 500; minibatch++) {
      last = board.take(minibatch);
    }
    for (int i = 0; i < N; i++) {
      assertThat(board.parameters.getDouble(N + i)).isCloseTo(0, within(1e-3));
      assertThat(board.parameters.getDouble(i) + board.parameters.getDouble(2 * N + i))
          .isCloseTo(0, within(1e-3));
    }
    assertThat(last.measures()).extracting(Measure::name).containsExactly("small_f", "large_f");
  }

  /** Each player alone, on vectors of its own, with what the other has come to. */
  @Test
  void aPlayerMovesItsBlocksAloneAndCountsItsOwnSteps() {
    int turnsOfMaximiser = 3;
    Board board = new Board(new Duel(turnsOfMaximiser), ADAM, new Unrestrained());
    Board expected = new Board(new Duel(turnsOfMaximiser), ADAM, new Unrestrained());
    Alone small = new Alone(expected, 0, 0, 2 * N);
    Alone large = new Alone(expected, 1, N);
    for (int minibatch = 1; minibatch <= 5; minibatch++) {
      board.take(minibatch);
      small.step();
      for (int t = 0; t < turnsOfMaximiser; t++) {
        large.step();
      }
      assertThat(board.parameters.toDoubleVector())
          .containsExactly(expected.parameters.toDoubleVector());
    }
  }

  /** An Adam of its own for each piece of N values. */
  private static final class Alone {
    private final Player player;
    private final List<Runnable> pieces = new ArrayList<>();
    private long step;

    Alone(Board board, int player, int... offsets) {
      this.player = board.players.get(player);
      for (int offset : offsets) {
        INDArray own = Nd4j.zeros(DataType.DOUBLE, N);
        INDArray slope = own.like();
        Steps steps = new Steps(ADAM, IMAGES, own, slope, Nd4j.zeros(DataType.DOUBLE, 2 * N));
        pieces.add(
            () -> {
              copy(board.parameters, offset, own, 0);
              copy(board.gradient, offset, slope, 0);
              steps.take(SETTINGS.learningRate(), step);
              copy(own, 0, board.parameters, offset);
            });
      }
    }

    void step() {
      player.differentiate(SETTINGS);
      step++;
      pieces.forEach(Runnable::run);
    }

    private static void copy(INDArray from, int at, INDArray to, int offset) {
      for (int i = 0; i < N; i++) {
        to.putScalar(offset + i, from.getDouble(at + i));
      }
    }
  }

  @Test
  void turnsAreNumberedOverAllPlayers() {
    Board board = new Board(new Duel(2), ADAM, new Unrestrained());
    List<String> drawn = new ArrayList<>();
    board.turns.take(board.players, SETTINGS, 1, (player, turn) -> drawn.add(player.name() + turn));
    assertThat(drawn).containsExactly("small0", "large1", "large2");
  }

  @Test
  void aLossThatIsNotFiniteIsFollowedByNoStep() {
    Board board = new Board(new Duel(1), ADAM, new Unrestrained());
    board.parameters.putScalar(N, Double.NaN);
    double[] before = board.parameters.toDoubleVector();
    assertThat(board.take(1).isFinite()).isFalse();
    assertThat(board.parameters.toDoubleVector()).containsExactly(before);
  }

  /** The step of gradient descent is the gradient of J/N times the rate: its length tells. */
  @Test
  void gradientsAreShortenedToTheNormAndCounted() {
    double norm = 0.5;
    Board clipped = new Board(new Duel(1), new Sgd(0), new Clipping(norm));
    Board free = new Board(new Duel(1), new Sgd(0), new Unrestrained());
    INDArray before = clipped.parameters.dup();

    Measures measured = clipped.take(1);
    free.take(1);

    INDArray moved = clipped.parameters.sub(before);
    INDArray freely = free.parameters.sub(before);
    for (int from : new int[] {0, N, 2 * N}) {
      assertThat(moved.getDouble(from) * freely.getDouble(from)).isPositive();
    }
    double ofSmall = length(moved, 0, 2 * N);
    double ofLarge = length(moved, N);
    assertThat(ofSmall).isCloseTo(SETTINGS.learningRate() * norm, within(1e-12));
    assertThat(ofLarge).isCloseTo(SETTINGS.learningRate() * norm, within(1e-12));
    assertThat(measured.sum(Clipping.CLIPPED_STEPS)).isEqualTo(2);
  }

  /** Each block is a tensor, whose step has the length of the rate and the direction it had. */
  @Test
  void normalisedGradientsHaveTheLengthOne() {
    Board normalised = new Board(new Duel(1), new Sgd(0), new Normalised());
    Board free = new Board(new Duel(1), new Sgd(0), new Unrestrained());
    INDArray before = normalised.parameters.dup();

    assertThat(normalised.take(1).measures()).isEqualTo(free.take(1).measures());

    INDArray moved = normalised.parameters.sub(before);
    INDArray freely = free.parameters.sub(before);
    for (int from : new int[] {0, 2 * N}) {
      assertThat(length(moved, from)).isCloseTo(SETTINGS.learningRate(), within(1e-8));
      double ratio = length(freely, from) / length(moved, from);
      for (int i = from; i < from + N; i++) {
        assertThat(moved.getDouble(i) * ratio).isCloseTo(freely.getDouble(i), within(1e-12));
      }
    }
    assertThat(length(moved, N)).isCloseTo(SETTINGS.learningRate(), within(1e-8));
  }

  @Test
  void shortGradientsStayAsTheyAre() {
    Board clipped = new Board(new Duel(1), new Sgd(0), new Clipping(1e6));
    Board free = new Board(new Duel(1), new Sgd(0), new Unrestrained());
    assertThat(clipped.take(1).sum(Clipping.CLIPPED_STEPS)).isZero();
    free.take(1);
    assertThat(clipped.parameters.toDoubleVector())
        .containsExactly(free.parameters.toDoubleVector());
  }

  private static double length(INDArray vector, int... offsets) {
    double squares = 0;
    for (int offset : offsets) {
      for (int i = 0; i < N; i++) {
        squares += vector.getDouble(offset + i) * vector.getDouble(offset + i);
      }
    }
    return Math.sqrt(squares);
  }
}
