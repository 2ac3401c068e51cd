package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.density.Residual;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The log-likelihood per row of a mixture of discretised logistics for each pixel: log sum_c w_c
 * p_c(x), with the weights w = softmax(logits) and p_c as {@link LogisticLogLikelihood} has it.
 *
 * <p>What a pixel is given is packed, [rows, 3 components * pixels]: the logits of the first
 * component for all pixels, of the second, and so on, then the locations likewise, then the raw
 * log-scales.
 */
public final class LogisticMixtureLogLikelihood {
  private static final Formula.Operand X = image("x");
  private static final Formula.Operand CHOICE = value("choice");
  private static final Formula.Operand UNIFORM = value("uniform");

  private LogisticMixtureLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels], levels
   * @param packed [rows, 3 components * pixels]
   * @param components of a pixel's mixture
   * @param bounds that the log-scales are held between
   */
  public static Rows of(
      Recorder recorder, Matrix x, Matrix packed, int components, LogScales bounds) {
    Map<Formula.Operand, Argument> arguments = arguments(packed, components);
    arguments.put(X, x);
    return recorder.sumOverColumns(
        nats(components, bounds), arguments, out -> new Loops(x, packed, components, bounds, out));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(
      Recorder recorder, Matrix x, Matrix packed, int components, LogScales bounds) {
    Map<Formula.Operand, Argument> arguments = arguments(packed, components);
    arguments.put(X, x);
    return recorder.map(nats(components, bounds), arguments);
  }

  private static Formula nats(int components, LogScales bounds) {
    Formula joint =
        logSumExp(
            0,
            components,
            c ->
                logit(c)
                    .plus(
                        LogisticFormula.logProbability(
                            X, location(c), LogisticFormula.held(raw(c), bounds))));
    return joint.minus(logSumExp(0, components, LogisticMixtureLogLikelihood::logit));
  }

  /**
   * Records the mean of each pixel but for the rounding to levels, sum_c w_c mean_c, [rows,
   * pixels].
   */
  public static Matrix mean(Recorder recorder, Matrix packed, int components, LogScales bounds) {
    Formula all = logSumExp(0, components, LogisticMixtureLogLikelihood::logit);
    Formula mean = number(0);
    for (int c = 0; c < components; c++) {
      Formula weight = logit(c).minus(all).apply(Function.EXP);
      Formula ofComponent = LogisticFormula.mean(location(c), LogisticFormula.held(raw(c), bounds));
      mean = mean.plus(weight.times(ofComponent));
    }
    return recorder.map(mean, arguments(packed, components));
  }

  /**
   * Records a draw of each pixel's level, [rows, pixels]: of the component at which the sum of the
   * weights passes one uniform number, by another.
   */
  public static Matrix sample(Recorder recorder, Matrix packed, int components, LogScales bounds) {
    Formula all = logSumExp(0, components, LogisticMixtureLogLikelihood::logit);
    Formula location = location(0);
    Formula logScale = raw(0);
    Formula passed = number(0);
    for (int c = 1; c < components; c++) {
      passed = passed.plus(logit(c - 1).minus(all).apply(Function.EXP));
      Formula isPassed = CHOICE.minus(passed).apply(Function.STEP);
      location = location.plus(isPassed.times(location(c).minus(location(c - 1))));
      logScale = logScale.plus(isPassed.times(raw(c).minus(raw(c - 1))));
    }
    Formula draw = LogisticFormula.draw(UNIFORM, location, LogisticFormula.held(logScale, bounds));
    Map<Formula.Operand, Argument> arguments = arguments(packed, components);
    int pixels = packed.columns() / (3 * components);
    if (components == 1) {
      arguments.remove(logit(0));
    } else {
      arguments.put(CHOICE, recorder.uniform(pixels));
    }
    arguments.put(UNIFORM, recorder.uniform(pixels));
    return NearestLevel.of(recorder, recorder.map(draw, arguments));
  }

  private static Formula.Operand logit(int component) {
    return value("logit " + component);
  }

  private static Formula.Operand location(int component) {
    return value("location " + component);
  }

  private static Formula.Operand raw(int component) {
    return value("raw " + component);
  }

  /** Halves of the terms first: derivatives then are products of few factors. */
  private static Formula logSumExp(int from, int to, IntFunction<Formula> term) {
    if (to - from == 1) {
      return term.apply(from);
    }
    int middle = (from + to) / 2;
    return logSumExp(from, middle, term).logAddExp(logSumExp(middle, to, term));
  }

  private static Map<Formula.Operand, Argument> arguments(Matrix packed, int components) {
    int pixels = packed.columns() / (3 * components);
    Map<Formula.Operand, Argument> arguments = new HashMap<>();
    for (int c = 0; c < components; c++) {
      arguments.put(logit(c), packed.range(c * pixels, pixels));
      arguments.put(location(c), packed.range((components + c) * pixels, pixels));
      arguments.put(raw(c), packed.range((2 * components + c) * pixels, pixels));
    }
    return arguments;
  }

  /** The forward pass leaves the derivative by packed in its gradient. */
  private static final class Loops implements Computation {
    private final Matrix x;
    private final Matrix packed;
    private final int components;
    private final LogScales bounds;
    private final Rows out;

    /** Made once: it holds rows of every component. */
    private VectorLogisticMixture rows;

    Loops(Matrix x, Matrix packed, int components, LogScales bounds, Rows out) {
      this.x = x;
      this.packed = packed;
      this.components = components;
      this.bounds = bounds;
      this.out = out;
    }

    @Override
    public void forward(Kernels kernels) {
      if (rows == null) {
        rows = new VectorLogisticMixture(x.columns(), components, bounds);
      }
      INDArray residual = packed.gradient();
      rows.score(
          bytes(x.value()),
          bytes(packed.value()),
          out.value(),
          residual == null ? null : bytes(residual));
      HostFloats.keep(x.value(), packed.value(), residual);
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, packed, out);
    }
  }
}
