package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * Gaussian log-likelihoods of pixels, a row at a time on the heap, padded to whole vectors.
 *
 * <p>A row passes through several short loops: one long loop would outgrow the limits up to which
 * the compiler keeps vectors in registers.
 */
final class VectorGaussianLikelihood {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final int pixels;
  private final ByteBuffer x;
  private final float[] error;
  private final float[] mean;
  private final float[] raw;
  private final float[] variance;

  VectorGaussianLikelihood(ByteBuffer x, int pixels) {
    this.x = x;
    this.pixels = pixels;
    int padded = HostFloats.padded(pixels);
    this.error = new float[padded];
    this.mean = new float[padded];
    this.raw = new float[padded];
    this.variance = new float[padded];
  }

  /** See {@link GaussianLogLikelihood}. */
  void score(ByteBuffer packed, double minVariance, double[] out, ByteBuffer residual) {
    int rows = packed.capacity() / Float.BYTES / (2 * pixels);
    for (int r = 0; r < rows; r++) {
      readError(r, packed, 2 * r * pixels);
      HostFloats.read(packed, (2 * r + 1) * pixels, raw, pixels);
      toVariance((float) minVariance);
      out[r] = -0.5 * (pixels * LOG_2PI + sumOfTerms());
      if (residual != null) {
        derive();
        HostFloats.write(0, residual, 2 * r * pixels, mean, pixels);
        HostFloats.write(0, residual, (2 * r + 1) * pixels, raw, pixels);
      }
    }
  }

  /** See {@link GaussianSharedLogLikelihood}. */
  void scoreShared(
      ByteBuffer means,
      double raw,
      double minVariance,
      double[] out,
      ByteBuffer residual,
      double[] rawDerivative) {
    double v = minVariance + Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw)));
    double slope = 1 / (1 + Math.exp(-raw));
    int rows = means.capacity() / Float.BYTES / pixels;
    for (int r = 0; r < rows; r++) {
      readError(r, means, r * pixels);
      for (int d = 0; d < error.length; d += LANES) {
        FloatVector e = load(error, d);
        e.mul(e).intoArray(mean, d);
      }
      double squares = HostFloats.sum(mean, pixels);
      out[r] = -0.5 * (pixels * (LOG_2PI + Math.log(v)) + squares / v);
      if (residual != null) {
        rawDerivative[r] = 0.5 * slope * (squares / v - pixels) / v;
        FloatVector precision = all((float) (1 / v));
        for (int d = 0; d < error.length; d += LANES) {
          load(error, d).mul(precision).intoArray(error, d);
        }
        HostFloats.write(0, residual, r * pixels, error, pixels);
      }
    }
  }

  /** error = x - mean, of one row and its image. */
  private void readError(int r, ByteBuffer means, int from) {
    int images = x.capacity() / Float.BYTES / pixels;
    HostFloats.read(x, r % images * pixels, error, pixels);
    HostFloats.read(means, from, mean, pixels);
    for (int d = 0; d < error.length; d += LANES) {
      load(error, d).sub(load(mean, d)).intoArray(error, d);
    }
  }

  private void toVariance(float minVariance) {
    for (int d = 0; d < raw.length; d += LANES) {
      VectorMath.softplus(load(raw, d)).add(minVariance).intoArray(variance, d);
    }
  }

  /** The sum of log v + error^2 / v, by way of the row of means. */
  private double sumOfTerms() {
    for (int d = 0; d < error.length; d += LANES) {
      FloatVector e = load(error, d);
      FloatVector v = load(variance, d);
      e.mul(e).div(v).add(VectorMath.log(v)).intoArray(mean, d);
    }
    return HostFloats.sum(mean, pixels);
  }

  /** The derivatives, in the rows of means and raws: e / v, and (e^2 / v - 1) / 2v sigmoid(raw). */
  private void derive() {
    for (int d = 0; d < error.length; d += LANES) {
      FloatVector precision = all(1f).div(load(variance, d));
      FloatVector scaled = load(error, d).mul(precision);
      FloatVector l = load(raw, d);
      FloatVector slope = VectorMath.sigmoid(l, VectorMath.decay(l.abs().neg()));
      scaled.intoArray(mean, d);
      scaled.fma(scaled, precision.neg()).mul(slope).mul(0.5f).intoArray(raw, d);
    }
  }
}
