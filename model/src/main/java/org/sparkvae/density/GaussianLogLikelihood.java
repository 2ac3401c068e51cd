package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The Gaussian log-likelihood per row with a variance per pixel: -1/2 sum_d (log 2 pi + log v_d +
 * (x_d - m_d)^2 / v_d), with v = minVariance + softplus(raw).
 */
public final class GaussianLogLikelihood {
  static final Formula.Operand X = image("x");
  static final Formula.Operand MEAN = value("mean");
  private static final Formula.Operand RAW = value("raw");

  private GaussianLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels]
   * @param packed [rows, 2 pixels]: the means, then the raws
   * @param minVariance the variance's lower bound
   */
  public static Rows of(Recorder recorder, Matrix x, Matrix packed, double minVariance) {
    int pixels = x.columns();
    return recorder.sumOverColumns(
        nats(RAW, minVariance),
        Map.of(X, x, MEAN, packed.range(0, pixels), RAW, packed.range(pixels, pixels)),
        out -> new Loops(x, packed, minVariance, out));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(Recorder recorder, Matrix x, Matrix packed, double minVariance) {
    int pixels = x.columns();
    return recorder.map(
        nats(RAW, minVariance),
        Map.of(X, x, MEAN, packed.range(0, pixels), RAW, packed.range(pixels, pixels)));
  }

  /** The formula of a pixel's share, whatever the axes of the raw variance. */
  static Formula nats(Formula raw, double minVariance) {
    Formula variance = raw.apply(Function.SOFTPLUS).plus(minVariance);
    Formula square = X.minus(MEAN).squared().over(variance);
    return GaussianFormula.logDensity(square, variance.apply(Function.LOG));
  }

  /** The forward pass leaves the derivative by packed in its gradient. */
  private record Loops(Matrix x, Matrix packed, double minVariance, Rows out)
      implements Computation {
    @Override
    public void forward(Kernels kernels) {
      INDArray residual = packed.gradient();
      new VectorGaussianLikelihood(bytes(x.value()), x.columns())
          .score(
              bytes(packed.value()),
              minVariance,
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
