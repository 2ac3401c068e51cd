package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.HostFloats.store;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * Diagonal Gaussians: samples, densities, divergence.
 *
 * <p>What an image's samples share is computed once, in rows on the heap that are padded to whole
 * vectors; a sample's own row ends with a scalar twin of the vector's operations.
 */
final class VectorGaussian {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final int latent;
  private final int images;
  private final float[] mean;
  private final float[] logVariance;

  /** For rows of a number of dimensions, so many images at a time. */
  VectorGaussian(int images, int latent) {
    this.images = images;
    this.latent = latent;
    this.mean = new float[HostFloats.padded(latent)];
    this.logVariance = new float[HostFloats.padded(latent)];
  }

  /** See {@link GaussianSample}. */
  void sample(ByteBuffer packed, ByteBuffer noise, ByteBuffer z) {
    int rows = z.capacity() / Float.BYTES / latent;
    for (int i = 0; i < images; i++) {
      HostFloats.read(packed, 2 * i * latent, mean, latent);
      HostFloats.read(packed, (2 * i + 1) * latent, logVariance, latent);
      toDeviation(logVariance);
      for (int r = i; r < rows; r += images) {
        shift(r * latent, noise, z);
      }
    }
  }

  private void shift(int from, ByteBuffer noise, ByteBuffer z) {
    int d = 0;
    for (; d + LANES <= latent; d += LANES) {
      int at = (from + d) * Float.BYTES;
      store(load(logVariance, d).fma(load(noise, at), load(mean, d)), z, at);
    }
    for (; d < latent; d++) {
      float value = Math.fma(logVariance[d], HostFloats.get(noise, from + d), mean[d]);
      HostFloats.put(z, from + d, value);
    }
  }

  /** See {@link GaussianSample}. */
  void sampleBackward(
      ByteBuffer packed,
      ByteBuffer noise,
      ByteBuffer zGradient,
      double beta,
      ByteBuffer packedGradient) {
    int rows = zGradient.capacity() / Float.BYTES / latent;
    float[] byMean = new float[mean.length];
    float[] byDeviation = new float[mean.length];
    for (int i = 0; i < images; i++) {
      Arrays.fill(byMean, 0f);
      Arrays.fill(byDeviation, 0f);
      for (int r = i; r < rows; r += images) {
        addSample(r * latent, noise, zGradient, byMean, byDeviation);
      }
      HostFloats.read(packed, (2 * i + 1) * latent, logVariance, latent);
      toDeviation(logVariance);
      for (int d = 0; d < byDeviation.length; d += LANES) {
        FloatVector half = load(logVariance, d).mul(0.5f);
        load(byDeviation, d).mul(half).intoArray(byDeviation, d);
      }
      HostFloats.write(beta, packedGradient, 2 * i * latent, byMean, latent);
      HostFloats.write(beta, packedGradient, (2 * i + 1) * latent, byDeviation, latent);
    }
  }

  private void addSample(
      int from, ByteBuffer noise, ByteBuffer zGradient, float[] byMean, float[] byDeviation) {
    int d = 0;
    for (; d + LANES <= latent; d += LANES) {
      int at = (from + d) * Float.BYTES;
      FloatVector gradient = load(zGradient, at);
      load(byMean, d).add(gradient).intoArray(byMean, d);
      gradient.fma(load(noise, at), load(byDeviation, d)).intoArray(byDeviation, d);
    }
    for (; d < latent; d++) {
      float gradient = HostFloats.get(zGradient, from + d);
      byMean[d] += gradient;
      byDeviation[d] = Math.fma(gradient, HostFloats.get(noise, from + d), byDeviation[d]);
    }
  }

  /** See {@link GaussianSampleLogDensity}. */
  void sampleLogDensity(ByteBuffer packed, ByteBuffer noise, double[] out) {
    int rows = noise.capacity() / Float.BYTES / latent;
    for (int i = 0; i < images; i++) {
      HostFloats.read(packed, (2 * i + 1) * latent, logVariance, latent);
      double shared = latent * LOG_2PI + HostFloats.sum(logVariance, latent);
      for (int r = i; r < rows; r += images) {
        out[r] = -0.5 * (shared + HostFloats.sumOfSquares(noise, r * latent, latent));
      }
    }
  }

  /** See {@link GaussianSampleLogDensity}. */
  void sampleLogDensityBackward(double[] rowGradient, double beta, ByteBuffer packedGradient) {
    for (int i = 0; i < images; i++) {
      double sum = 0;
      for (int r = i; r < rowGradient.length; r += images) {
        sum += rowGradient[r];
      }
      Arrays.fill(logVariance, (float) (-0.5 * sum));
      HostFloats.write(beta, packedGradient, 2 * i * latent, mean, latent);
      HostFloats.write(beta, packedGradient, (2 * i + 1) * latent, logVariance, latent);
    }
  }

  /** See {@link StandardNormalLogDensity}. */
  void standardLogDensity(ByteBuffer z, double[] out) {
    for (int r = 0; r < images; r++) {
      out[r] = -0.5 * (latent * LOG_2PI + HostFloats.sumOfSquares(z, r * latent, latent));
    }
  }

  /** See {@link StandardNormalLogDensity}. */
  void standardLogDensityBackward(
      ByteBuffer z, double[] rowGradient, double beta, ByteBuffer zGradient) {
    for (int r = 0; r < images; r++) {
      HostFloats.read(z, r * latent, mean, latent);
      scale(mean, -rowGradient[r]);
      HostFloats.write(beta, zGradient, r * latent, mean, latent);
    }
  }

  /** See {@link StandardNormalKl}. */
  void kl(ByteBuffer packed, double[] out) {
    for (int i = 0; i < images; i++) {
      HostFloats.read(packed, 2 * i * latent, mean, latent);
      HostFloats.read(packed, (2 * i + 1) * latent, logVariance, latent);
      for (int d = 0; d < mean.length; d += LANES) {
        FloatVector m = load(mean, d);
        FloatVector lv = load(logVariance, d);
        m.fma(m, VectorMath.exp(lv).sub(1f).sub(lv)).intoArray(mean, d);
      }
      out[i] = 0.5 * HostFloats.sum(mean, latent);
    }
  }

  /** See {@link StandardNormalKl}. */
  void klBackward(ByteBuffer packed, double[] rowGradient, double beta, ByteBuffer packedGradient) {
    for (int i = 0; i < images; i++) {
      HostFloats.read(packed, 2 * i * latent, mean, latent);
      HostFloats.read(packed, (2 * i + 1) * latent, logVariance, latent);
      for (int d = 0; d < mean.length; d += LANES) {
        VectorMath.exp(load(logVariance, d)).sub(1f).intoArray(logVariance, d);
      }
      scale(mean, rowGradient[i]);
      scale(logVariance, 0.5 * rowGradient[i]);
      HostFloats.write(beta, packedGradient, 2 * i * latent, mean, latent);
      HostFloats.write(beta, packedGradient, (2 * i + 1) * latent, logVariance, latent);
    }
  }

  private static void toDeviation(float[] logVariance) {
    for (int d = 0; d < logVariance.length; d += LANES) {
      VectorMath.exp(load(logVariance, d).mul(0.5f)).intoArray(logVariance, d);
    }
  }

  private static void scale(float[] row, double factor) {
    FloatVector factors = all((float) factor);
    for (int d = 0; d < row.length; d += LANES) {
      load(row, d).mul(factors).intoArray(row, d);
    }
  }
}
