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
 * of at least v + n.
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
    double[] squares = noise.scaleNormals(0, factors(key, firstSample, logRatios.length));
    for (int s = 0; s < logRatios.length; s++) {
      double tail = 0.5 * (freedom + n) * StrictMath.log1p(squares[s] / freedom);
      logRatios[s] = constant - tail + 0.5 * squares[s];
    }
  }

  /** sqrt(v / c) of each sample; first tries, of which nearly all succeed, are drawn together. */
  private double[] factors(long key, long firstSample, int samples) {
    float[] normals = new float[samples];
    float[] uniforms = new float[samples];
    Noise.normal(Noise.stream(key, NORMALS), firstSample, samples, normals, 0, 1, 1);
    Noise.uniform(Noise.stream(key, UNIFORMS), firstSample, samples, uniforms, 0, 1, 1);
    double[] factors = new double[samples];
    for (int s = 0; s < samples; s++) {
      double gamma = gamma(freedom / 2, normals[s], uniforms[s]);
      if (Double.isNaN(gamma)) {
        gamma = laterGamma(key, firstSample + s);
      }
      factors[s] = Math.sqrt(freedom / 2 / gamma);
    }
    return factors;
  }

  /** Of a sample whose first try has failed. */
  private double laterGamma(long key, long sample) {
    float[] normals = new float[TRIES];
    float[] uniforms = new float[TRIES];
    Noise.normal(Noise.stream(key, NORMALS), sample, normals, 0, TRIES);
    Noise.uniform(Noise.stream(key, UNIFORMS), sample, uniforms, 0, TRIES);
    for (int i = 1; i < TRIES; i++) {
      double gamma = gamma(freedom / 2, normals[i], uniforms[i]);
      if (!Double.isNaN(gamma)) {
        return gamma;
      }
    }
    return freedom / 2;
  }

  /**
   * A draw of Gamma(shape, 1) by rejection (Marsaglia & Tsang, 2000, "A simple method for
   * generating gamma variables"); NaN where this try fails.
   *
   * @param shape at least 1
   * @param x standard normal
   */
  private static double gamma(double shape, double x, double uniform) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    double root = 1 + c * x;
    if (root <= 0) {
      return Double.NaN;
    }
    double cube = root * root * root;
    double square = x * x;
    if (uniform < 1 - 0.0331 * square * square) {
      // As they show, below the bound: without a logarithm.
      return d * cube;
    }
    double bound = 0.5 * square + d * (1 - cube + StrictMath.log(cube));
    return StrictMath.log(uniform) < bound ? d * cube : Double.NaN;
  }
}
