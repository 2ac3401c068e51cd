package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.scalar;

import java.util.Map;
import org.sparkvae.density.levels.LogisticLogLikelihood.Affine;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/** {@link LogisticLogLikelihood} with one learned scale for all pixels and images. */
public final class LogisticSharedLogLikelihood {
  private static final Formula.Operand RAW = scalar("raw");

  private LogisticSharedLogLikelihood() {}

  /**
   * Records it, [rows].
   *
   * @param x [images, pixels], levels
   * @param location m
   * @param raw the raw log-scale, [1]
   * @param bounds that it is held between
   */
  public static Rows of(
      Recorder recorder, Matrix x, Affine location, Parameter raw, LogScales bounds) {
    return recorder.sumOverColumns(
        LogisticLogLikelihood.nats(RAW, bounds),
        Map.of(
            LogisticLogLikelihood.X,
            x,
            LogisticLogLikelihood.LOCATION,
            location.product(),
            LogisticLogLikelihood.LOCATION_BIAS,
            location.bias(),
            RAW,
            raw),
        out -> new Loops(x, location, raw, bounds, out, new double[out.count()]));
  }

  /** Records the share of each pixel, [rows, pixels]. */
  public static Matrix ofEach(
      Recorder recorder, Matrix x, Affine location, Parameter raw, LogScales bounds) {
    return recorder.map(
        LogisticLogLikelihood.nats(RAW, bounds),
        Map.of(
            LogisticLogLikelihood.X,
            x,
            LogisticLogLikelihood.LOCATION,
            location.product(),
            LogisticLogLikelihood.LOCATION_BIAS,
            location.bias(),
            RAW,
            raw));
  }

  /** Records the mean of each pixel but for the rounding to levels, [rows, pixels]. */
  public static Matrix mean(Recorder recorder, Affine location, Parameter raw, LogScales bounds) {
    return recorder.map(
        LogisticLogLikelihood.mean(RAW, bounds),
        Map.of(
            LogisticLogLikelihood.LOCATION,
            location.product(),
            LogisticLogLikelihood.LOCATION_BIAS,
            location.bias(),
            RAW,
            raw));
  }

  /** Records a draw of each pixel's level, [rows, pixels]. */
  public static Matrix sample(Recorder recorder, Affine location, Parameter raw, LogScales bounds) {
    return LogisticLogLikelihood.sample(
        recorder,
        RAW,
        bounds,
        Map.of(
            LogisticLogLikelihood.LOCATION,
            location.product(),
            LogisticLogLikelihood.LOCATION_BIAS,
            location.bias(),
            RAW,
            raw));
  }

  /**
   * The forward pass leaves the derivatives by the locations in their gradient.
   *
   * @param byRaw and those by the raw log-scale here, [rows]
   */
  private record Loops(
      Matrix x, Affine location, Parameter raw, LogScales bounds, Rows out, double[] byRaw)
      implements Computation {
    @Override
    public void forward(Kernels kernels) {
      new VectorLogisticLikelihood(x.columns(), bounds)
          .scoreShared(
              bytes(x.value()),
              location.memory(),
              HostFloats.get(bytes(raw.value()), 0),
              out.value(),
              byRaw);
      HostFloats.keep(x.value(), raw.value());
      location.keep();
    }

    @Override
    public void backward(Kernels kernels) {
      location.backward(kernels, out);
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
