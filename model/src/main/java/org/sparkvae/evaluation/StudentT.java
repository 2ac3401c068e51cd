package org.sparkvae.evaluation;

import org.apache.commons.math3.special.Gamma;
import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.NoiseBuffers;

/**
 * Those of a multivariate Student-t of v degrees of freedom: all n values of a sample's noise are
 * multiplied by sqrt(v / c), c ~ chi-squared(v). With e the noise that comes of it,
 *
 * <pre>
 * log t(e) - log N(e) = log Gamma((v + n) / 2) - log Gamma(v / 2) - (n / 2) log(v / 2)
 *                       - (v + n) / 2 log(1 + |e|^2 / v) + |e|^2 / 2
 * </pre>
 *
 * <p>in nats, which the posterior's log-density of its draw differs by, whatever the map from noise
 * to draw is. A weight stays bounded where the target's tails fall as a power of the noise's length
 * at most v + n.
 *
 * @param freedom v
 */
public record StudentT(
    @Setting(says = "Degrees of freedom, v.", otherwise = "30", above = 2) double freedom)
    implements Tails {
  /** One in twenty tries fails at most. */
  private static final int TRIES = 16;

  /** Streams of the image's key that no matrix of noise has. */
  private static final int NORMALS = -1;

  private static final int UNIFORMS = -2;

  /** Checks the degrees of freedom. */
  public StudentT {
    if (!(freedom > 2) || Double.isInfinite(freedom)) {
      throw new IllegalArgumentException("freedom must be a number above 2, but is " + freedom);
    }
  }

  @Override
  public boolean keepClosedForms() {
    return false;
  }

  @Override
  public void lengthen(NoiseBuffers noise, long key, long firstSample, double[] logRatios) {
    int n = noise.normals();
    double constant =
        Gamma.logGamma((freedom + n) / 2)
            - Gamma.logGamma(freedom / 2)
            - 0.5 * n * StrictMath.log(freedom / 2);
    float[] normals = new float[TRIES];
    float[] uniforms = new float[TRIES];
    for (int s = 0; s < logRatios.length; s++) {
      Noise.normal(Noise.stream(key, NORMALS), firstSample + s, normals, 0, TRIES);
      Noise.uniform(Noise.stream(key, UNIFORMS), firstSample + s, uniforms, 0, TRIES);
      double factor = Math.sqrt(freedom / 2 / gamma(freedom / 2, normals, uniforms));
      double square = noise.scaleNormals(0, s, factor);
      double tail = 0.5 * (freedom + n) * StrictMath.log1p(square / freedom);
      logRatios[s] = constant - tail + 0.5 * square;
    }
  }

  /**
   * A draw of Gamma(shape, 1) by rejection (Marsaglia & Tsang, 2000, "A simple method for
   * generating gamma variables").
   *
   * @param shape at least 1
   */
  private static double gamma(double shape, float[] normals, float[] uniforms) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    double cube = 1;
    for (int i = 0; i < normals.length; i++) {
      double x = normals[i];
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      cube = root * root * root;
      double square = x * x;
      if (uniforms[i] < 1 - 0.0331 * square * square) {
        // As they show, below the bound: without a logarithm.
        break;
      }
      double bound = 0.5 * square + d * (1 - cube + StrictMath.log(cube));
      if (StrictMath.log(uniforms[i]) < bound) {
        break;
      }
    }
    return d * cube;
  }
}
