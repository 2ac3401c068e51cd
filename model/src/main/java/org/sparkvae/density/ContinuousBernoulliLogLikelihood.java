package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The continuous Bernoulli log-likelihood per row from logits: sum_d x_d l_d - A(l_d), with l =
 * logits + bias and A(l) = log((e^l - 1) / l).
 *
 * <p>A(l) = l / 2 + S(|l|), S(a) = a / 2 + log((1 - e^-a) / a), which is 0 / 0 at 0. Below 1/2 S is
 * its series. Both forms are evaluated everywhere, each at an argument held to its own side of 1/2,
 * and their sum less S(1/2) is S: neither ever gives a NaN, nor does its derivative.
 */
public final class ContinuousBernoulliLogLikelihood {
  /** Below this |l|, S is the series, which is exact there to 2e-12. */
  static final double NEAR = 0.5;

  private static final Formula.Operand X = image("x");
  private static final Formula.Operand LOGITS = value("logits");
  private static final Formula.Operand BIAS = column("bias");
  private static final Formula.Operand UNIFORM = value("uniform");
  private static final Formula L = LOGITS.plus(BIAS);
  private static final Formula EVEN = even(L.apply(Function.ABS));
  private static final Formula DRAW = draw();
  private static final Formula NATS = X.minus(0.5).times(L).minus(EVEN);

  private ContinuousBernoulliLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels] in [0, 1]
   * @param logits without the bias, [rows, pixels], as {@link Recorder#product} gives them
   * @param bias [pixels]
   */
  public static Rows of(Recorder recorder, Matrix x, Matrix logits, Parameter bias) {
    return recorder.sumOverColumns(
        NATS, Map.of(X, x, LOGITS, logits, BIAS, bias), out -> new Loops(x, logits, bias, out));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(Recorder recorder, Matrix x, Matrix logits, Parameter bias) {
    return recorder.map(NATS, Map.of(X, x, LOGITS, logits, BIAS, bias));
  }

  /** Records the mean of each pixel, A'(l) = 1 / (1 - e^-l) - 1 / l, [rows, pixels]. */
  public static Matrix mean(Recorder recorder, Matrix logits, Parameter bias) {
    return recorder.map(EVEN.derivative(LOGITS).plus(0.5), Map.of(LOGITS, logits, BIAS, bias));
  }

  /** Records a draw of each pixel, [rows, pixels]. */
  public static Matrix sample(Recorder recorder, Matrix logits, Parameter bias) {
    Matrix uniform = recorder.uniform(logits.columns());
    return recorder.map(DRAW, Map.of(LOGITS, logits, BIAS, bias, UNIFORM, uniform));
  }

  /**
   * By the inverse of the distribution function of -|l|, y = -log(1 - u (1 - e^-a)) / a, which is
   * mirrored where l is above 0. Below 1e-6, a is taken for that.
   */
  private static Formula draw() {
    Formula magnitude = L.apply(Function.ABS);
    Formula a = magnitude.plus(number(1e-6).minus(magnitude).apply(Function.POSITIVE));
    Formula t = a.times(0.5).apply(Function.TANH);
    Formula share = t.times(2).over(t.plus(1));
    Formula y = UNIFORM.times(share).apply(Function.NEGATE).apply(Function.LOG1P).over(a);
    Formula towardsZero = y.apply(Function.NEGATE);
    return towardsZero.plus(L.apply(Function.STEP).times(y.times(2).plus(1)));
  }

  /** S of a magnitude. */
  static Formula even(Formula magnitude) {
    Formula missing = number(NEAR).minus(magnitude).apply(Function.POSITIVE);
    Formula atMost = number(NEAR).minus(missing);
    Formula atLeast = magnitude.plus(missing);
    return series(atMost.squared()).plus(closed(atLeast)).minus(closed(number(NEAR)));
  }

  /** By the square: S = a^2/24 - a^4/2880 + a^6/181440 - a^8/9676800 and so on. */
  private static Formula series(Formula square) {
    return square
        .times(-1.0 / 9676800)
        .plus(1.0 / 181440)
        .times(square)
        .minus(1.0 / 2880)
        .times(square)
        .plus(1.0 / 24)
        .times(square);
  }

  private static Formula closed(Formula magnitude) {
    Formula decay = magnitude.apply(Function.NEGATE).apply(Function.EXP);
    return magnitude
        .times(0.5)
        .plus(decay.apply(Function.NEGATE).apply(Function.LOG1P))
        .minus(magnitude.apply(Function.LOG));
  }

  /** The forward pass leaves the derivative by the logits, x - A'(l), in their gradient. */
  private record Loops(Matrix x, Matrix logits, Parameter bias, Rows out) implements Computation {
    @Override
    public void forward(Kernels kernels) {
      INDArray residual = logits.gradient();
      new VectorContinuousBernoulli(bytes(x.value()), bytes(logits.value()), bytes(bias.value()))
          .score(out.value(), residual == null ? null : bytes(residual));
      HostFloats.keep(x.value(), logits.value(), bias.value(), residual);
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, logits, out);
      if (bias.differentiable()) {
        kernels.sumColumns(logits.gradient(), bias.claim(), bias.gradient());
      }
    }
  }
}
