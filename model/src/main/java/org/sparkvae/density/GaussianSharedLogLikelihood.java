package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.scalar;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/** {@link GaussianLogLikelihood} with one learned variance for all pixels and images. */
public final class GaussianSharedLogLikelihood {
  private static final Formula.Operand RAW = scalar("raw");

  private GaussianSharedLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels]
   * @param means [rows, pixels]
   * @param raw [1]
   * @param minVariance the variance's lower bound
   */
  public static Rows of(
      Recorder recorder, Matrix x, Matrix means, Parameter raw, double minVariance) {
    return recorder.sumOverColumns(
        GaussianLogLikelihood.nats(RAW, minVariance),
        Map.of(GaussianLogLikelihood.X, x, GaussianLogLikelihood.MEAN, means, RAW, raw),
        out -> new Loops(x, means, raw, minVariance, out, new double[means.rows()]));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(
      Recorder recorder, Matrix x, Matrix means, Parameter raw, double minVariance) {
    return recorder.map(
        GaussianLogLikelihood.nats(RAW, minVariance),
        Map.of(GaussianLogLikelihood.X, x, GaussianLogLikelihood.MEAN, means, RAW, raw));
  }

  /**
   * The forward pass leaves the derivatives by the means in their gradient.
   *
   * @param byRaw and those by the raw variance here, [rows]
   */
  private record Loops(
      Matrix x, Matrix means, Parameter raw, double minVariance, Rows out, double[] byRaw)
      implements Computation {
    @Override
    public void forward(Kernels kernels) {
      INDArray residual = means.gradient();
      new VectorGaussianLikelihood(bytes(x.value()), x.columns())
          .scoreShared(
              bytes(means.value()),
              HostFloats.get(bytes(raw.value()), 0),
              minVariance,
              out.value(),
              residual == null ? null : bytes(residual),
              byRaw);
      HostFloats.keep(x.value(), means.value(), raw.value(), residual);
    }

    @Override
    public void backward(Kernels kernels) {
      Residual.scale(kernels, means, out);
      if (!raw.differentiable()) {
        return;
      }
      double sum = 0;
      for (int r = 0; r < byRaw.length; r++) {
        sum += byRaw[r] * out.gradient()[r];
      }
      double before = raw.claim() == 0 ? 0 : raw.gradient().getDouble(0);
      raw.gradient().putScalar(0, before + sum);
    }
  }
}
