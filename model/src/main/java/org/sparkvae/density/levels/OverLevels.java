package org.sparkvae.density.levels;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Sums over the levels of every pixel of every row, of a softmax of logits, and a derivative by the
 * logits, on any kernels. Belongs to one operation of a program.
 *
 * <p>Logits are [rows, pixels * levels], levels innermost. A formula here has a row for each pixel
 * of each row and a column for each level.
 */
final class OverLevels {
  /** The number of a level, from 0. */
  static final Formula.Operand LEVEL = column("level");

  /** What a pixel is given beside its logits: {@link #given}. */
  static final Formula.Operand GIVEN = row("given");

  /** The derivative of the loss by what a pixel computes: {@link #seeds}. */
  static final Formula.Operand SEED = row("seed");

  /** 1 over the sum of powers. */
  private static final Formula.Operand INVERSE = row("inverse");

  private static final Formula.Operand LOGITS = value("logits");
  private static final Formula.Operand BIAS = image("bias");
  private static final Formula.Operand LARGEST = row("largest");

  /** The logit. */
  static final Formula LOGIT = LOGITS.plus(BIAS);

  /** e^(logit - the largest). */
  static final Formula POWER = LOGIT.minus(LARGEST).apply(Function.EXP);

  /** The probability, once there are sums. */
  static final Formula PROBABILITY = POWER.times(INVERSE);

  /** 1 for the level that is given, else 0. */
  static final Formula IS_GIVEN =
      number(0.5).minus(LEVEL.minus(GIVEN).apply(Function.ABS)).apply(Function.STEP);

  private final Matrix logits;
  private final Parameter bias;
  private final int levels;
  private final Formula summed;
  private final Formula derivative;

  /** By row and pixel, as are all of these. */
  final double[] given;

  final double[] seeds;
  final double[] sumOfPowers;
  final double[] largest;

  /** Of the formula. */
  final double[] sums;

  private final double[] inverses;
  private INDArray numbers;
  private Run forward;
  private Run backward;

  /**
   * Sums.
   *
   * @param logits without the bias, [rows, pixels * levels]
   * @param bias [pixels * levels]
   * @param levels of a pixel
   * @param summed over the levels; may use LEVEL, GIVEN, LOGIT and POWER
   * @param derivative by the logits; may use PROBABILITY, too
   */
  OverLevels(Matrix logits, Parameter bias, int levels, Formula summed, Formula derivative) {
    this.logits = logits;
    this.bias = bias;
    this.levels = levels;
    this.summed = summed;
    this.derivative = derivative;
    int count = Math.multiplyExact(logits.rows(), logits.columns() / levels);
    given = new double[count];
    seeds = new double[count];
    sumOfPowers = new double[count];
    largest = new double[count];
    sums = new double[count];
    inverses = new double[count];
  }

  /** Computes the sums of what is given, and those of powers e^(logit - the largest). */
  void sum(Kernels kernels) {
    if (forward == null) {
      numbers =
          Nd4j.createFromArray(IntStream.range(0, levels).asDoubleStream().toArray())
              .castTo(logits.value().dataType());
      forward =
          run(
              kernels,
              List.of(new Output(POWER, Axes.ROW), new Output(summed, Axes.ROW)),
              List.of(new Content.PerRow(sumOfPowers), new Content.PerRow(sums)));
    }
    findLargest(kernels);
    forward.run(new double[2]);
    for (int i = 0; i < inverses.length; i++) {
      inverses[i] = 1 / sumOfPowers[i];
    }
  }

  private void findLargest(Kernels kernels) {
    FloatSource values = kernels.source(logits.value());
    FloatSource shifts = kernels.source(bias.value());
    float[] shift = new float[logits.columns()];
    shifts.read(0, shift, 0, shift.length);
    float[] row = new float[logits.columns()];
    for (int r = 0; r < logits.rows(); r++) {
      values.read(r * row.length, row, 0, row.length);
      for (int first = 0; first < row.length; first += levels) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = first; i < first + levels; i++) {
          most = Math.max(most, row[i] + shift[i]);
        }
        largest[(r * row.length + first) / levels] = most;
      }
    }
  }

  /** Adds the derivatives of what is seeded to the gradients of the logits and the bias. */
  void differentiate(Kernels kernels) {
    List<Output> outputs = new ArrayList<>();
    List<Content> targets = new ArrayList<>();
    double[] betas = new double[2];
    if (bias.differentiable()) {
      betas[outputs.size()] = bias.claim();
      outputs.add(new Output(derivative.times(SEED), Axes.IMAGE));
      targets.add(new Content.Array(bias.gradient()));
    }
    if (logits.gradient() != null) {
      betas[outputs.size()] = logits.claim();
      outputs.add(new Output(derivative.times(SEED), Axes.VALUE));
      targets.add(new Content.Array(logits.gradient()));
    }
    if (backward == null) {
      backward = run(kernels, outputs, targets);
    }
    backward.run(Arrays.copyOf(betas, outputs.size()));
  }

  private Run run(Kernels kernels, List<Output> outputs, List<Content> targets) {
    Map<String, Content> operands =
        Map.of(
            LOGITS.name(), new Content.Array(logits.value()),
            BIAS.name(), new Content.Array(bias.value()),
            LEVEL.name(), new Content.Array(numbers),
            GIVEN.name(), new Content.PerRow(given),
            SEED.name(), new Content.PerRow(seeds),
            LARGEST.name(), new Content.PerRow(largest),
            INVERSE.name(), new Content.PerRow(inverses));
    int pixels = logits.columns() / levels;
    Frame frame = new Frame(Code.of(outputs), logits.rows(), pixels, levels, operands, targets);
    return kernels.formulas(frame, logits.value().dataType());
  }
}
