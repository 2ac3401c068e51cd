package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.sparkvae.density.Residual;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The discretised logistic log-likelihood per row with a scale per pixel, of the levels 0, 1/255,
 * ..., 1: log of the probability from x - 1/510 to x + 1/510, the tails folded into the first and
 * the last level.
 */
public final class LogisticLogLikelihood {
  static final Formula.Operand X = image("x");
  static final Formula.Operand LOCATION = value("location");
  static final Formula.Operand LOCATION_BIAS = column("location bias");
  private static final Formula.Operand SCALE = value("scale");
  private static final Formula.Operand SCALE_BIAS = column("scale bias");
  private static final Formula.Operand UNIFORM = value("uniform");
  private static final Formula RAW = SCALE.plus(SCALE_BIAS);

  private LogisticLogLikelihood() {}

  /**
   * What a pixel is given, without its bias, and the bias.
   *
   * @param product [rows, pixels], as {@link Recorder#product} gives it
   * @param bias [pixels]
   */
  public record Affine(Matrix product, Parameter bias) {
    VectorLogisticLikelihood.Affine memory() {
      ByteBuffer residual = product.gradient() == null ? null : bytes(product.gradient());
      return new VectorLogisticLikelihood.Affine(
          bytes(product.value()), bytes(bias.value()), residual);
    }

    void backward(Kernels kernels, Rows out) {
      Residual.scale(kernels, product, out);
      if (bias.differentiable()) {
        kernels.sumColumns(product.gradient(), bias.claim(), bias.gradient());
      }
    }

    void keep() {
      HostFloats.keep(product.value(), product.gradient(), bias.value());
    }
  }

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels], levels
   * @param location m
   * @param scale the raw log-scales
   * @param bounds that they are held between
   */
  public static Rows of(
      Recorder recorder, Matrix x, Affine location, Affine scale, LogScales bounds) {
    return recorder.sumOverColumns(
        nats(RAW, bounds),
        Map.of(
            X, x,
            LOCATION, location.product(),
            LOCATION_BIAS, location.bias(),
            SCALE, scale.product(),
            SCALE_BIAS, scale.bias()),
        out -> new Loops(x, location, scale, bounds, out));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(
      Recorder recorder, Matrix x, Affine location, Affine scale, LogScales bounds) {
    return recorder.map(
        nats(RAW, bounds),
        Map.of(
            X, x,
            LOCATION, location.product(),
            LOCATION_BIAS, location.bias(),
            SCALE, scale.product(),
            SCALE_BIAS, scale.bias()));
  }

  /** Records the mean of each pixel but for the rounding to levels, [rows, pixels]. */
  public static Matrix mean(Recorder recorder, Affine location, Affine scale, LogScales bounds) {
    return recorder.map(
        mean(RAW, bounds),
        Map.of(
            LOCATION, location.product(),
            LOCATION_BIAS, location.bias(),
            SCALE, scale.product(),
            SCALE_BIAS, scale.bias()));
  }

  /** Records a draw of each pixel's level, [rows, pixels]. */
  public static Matrix sample(Recorder recorder, Affine location, Affine scale, LogScales bounds) {
    return sample(
        recorder,
        RAW,
        bounds,
        Map.of(
            LOCATION, location.product(),
            LOCATION_BIAS, location.bias(),
            SCALE, scale.product(),
            SCALE_BIAS, scale.bias()));
  }

  /** Records a draw, whatever the axes of the raw log-scale. */
  static Matrix sample(
      Recorder recorder, Formula raw, LogScales bounds, Map<Formula.Operand, Argument> arguments) {
    Map<Formula.Operand, Argument> all = new HashMap<>(arguments);
    all.put(UNIFORM, recorder.uniform(((Matrix) arguments.get(LOCATION)).columns()));
    Formula draw =
        LogisticFormula.draw(
            UNIFORM, LOCATION.plus(LOCATION_BIAS), LogisticFormula.held(raw, bounds));
    return NearestLevel.of(recorder, recorder.map(draw, all));
  }

  /** The formula of a pixel's share, whatever the axes of the raw log-scale. */
  static Formula nats(Formula raw, LogScales bounds) {
    return LogisticFormula.logProbability(
        X, LOCATION.plus(LOCATION_BIAS), LogisticFormula.held(raw, bounds));
  }

  /** The formula of a pixel's mean, likewise. */
  static Formula mean(Formula raw, LogScales bounds) {
    return LogisticFormula.mean(LOCATION.plus(LOCATION_BIAS), LogisticFormula.held(raw, bounds));
  }

  /** The forward pass leaves the derivatives by both products in their gradients. */
  private record Loops(Matrix x, Affine location, Affine scale, LogScales bounds, Rows out)
      implements Computation {
    @Override
    public void forward(Kernels kernels) {
      new VectorLogisticLikelihood(x.columns(), bounds)
          .score(bytes(x.value()), location.memory(), scale.memory(), out.value());
      HostFloats.keep(x.value());
      location.keep();
      scale.keep();
    }

    @Override
    public void backward(Kernels kernels) {
      location.backward(kernels, out);
      scale.backward(kernels, out);
    }
  }
}
