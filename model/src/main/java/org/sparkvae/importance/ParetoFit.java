package org.sparkvae.importance;

import java.util.Arrays;

/**
 * A generalised Pareto distribution, P(X > x) = (1 + k x / sigma)^(-1/k), fitted to exceedances: to
 * how far some values lie above a threshold.
 *
 * <p>Zhang &amp; Stephens' estimator (2009, "A new and efficient estimation method for the
 * generalized Pareto distribution", section 2): b = -k / sigma is the mean over a grid, weighted by
 * the profile likelihood, and k the mean of log(1 - b x). As in Pareto smoothed importance sampling
 * (Vehtari, Simpson, Gelman, Yao &amp; Gabry, 2024, appendix), ten more observations draw k towards
 * 1/2.
 *
 * @param k the shape: moments of order 1 / k and above are infinite; NaN where there is no fit
 * @param sigma the scale, in the exceedances' unit
 */
public record ParetoFit(double k, double sigma) {
  /** Fewer exceedances than that are not fitted. */
  public static final int LEAST = 5;

  /**
   * Values are cut there in any case. The largest that were seen are about 1, and what a shape lets
   * expect that is so far above says only that nothing is known of it.
   */
  private static final double LARGEST = 1e9;

  private static final int LEAST_GRID = 30;
  private static final int PRIOR_SCALE = 3;
  private static final int PRIOR_COUNT = 10;
  private static final double PRIOR_K = 0.5;

  /** Below that log(1 - b x) has too few digits, and is -b x. */
  private static final double SMALL = 1e-8;

  /** Below that the shape's powers have too few digits in common differences. */
  private static final double LEAST_SHAPE = 1e-4;

  /** A product of factors whose logarithms sum to less neither overflows nor vanishes. */
  private static final double LOG_RANGE = 600;

  /**
   * Fits.
   *
   * @param exceedances at least {@link #LEAST}, positive and rising
   */
  public static ParetoFit of(double[] exceedances) {
    int n = exceedances.length;
    double[] grid = grid(exceedances);
    double[] k = meanLogs(grid, exceedances);
    double[] logLikelihood = new double[grid.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < grid.length; j++) {
      logLikelihood[j] = -n * (Math.log(scale(grid[j], k[j], exceedances)) + k[j] + 1);
      most = Math.max(most, logLikelihood[j]);
    }
    double sum = 0;
    double b = 0;
    for (int j = 0; j < grid.length; j++) {
      double weight = Math.exp(logLikelihood[j] - most);
      sum += weight;
      b += weight * grid[j];
    }
    b /= sum;
    double shape = meanLogs(new double[] {b}, exceedances)[0];
    return new ParetoFit(
        (n * shape + PRIOR_COUNT * PRIOR_K) / (n + PRIOR_COUNT), scale(b, shape, exceedances));
  }

  /**
   * The mean of (offset + min(X, x))^2, where X exceeds x with a given probability, or offset + x
   * is {@link #LARGEST} if that is less. It is finite whatever the shape.
   *
   * <p>The value that X exceeds with probability p is sigma (p^-k - 1) / k, so that offset + X is a
   * + b p^-k with b = sigma / k and a = offset - b, and its moments are integrals of powers of p.
   *
   * @param offset of exceedances that are relative to the largest value seen, offset and all
   * @param beyond the probability, above 0 and below 1
   */
  double meanSquare(double offset, double beyond) {
    double shape = Math.abs(k) < LEAST_SHAPE ? LEAST_SHAPE : k;
    double b = sigma / shape;
    double a = offset - b;
    double last = a + b * Math.pow(beyond, -shape);
    if (!(last <= LARGEST)) {
      return meanSquareToLargest(shape, a, b, beyond);
    }
    return a * a * (1 - beyond)
        + 2 * a * b * integral(shape, beyond)
        + b * b * integral(2 * shape, beyond)
        + beyond * last * last;
  }

  /**
   * The same with {@link #LARGEST} as the cut: the integrals, by their closed forms, overflow not.
   */
  private static double meanSquareToLargest(double shape, double a, double b, double beyond) {
    double tail = LARGEST - a;
    // The probability of values above it.
    double p = Math.max(beyond, Math.exp((Math.log(b) - Math.log(tail)) / shape));
    return a * a * (1 - p)
        + 2 * a * (tail * p - b) / (shape - 1)
        + (tail * tail * p - b * b) / (2 * shape - 1)
        + p * LARGEST * LARGEST;
  }

  /** The integral of p^-power over p from {@code from} to 1. */
  private static double integral(double power, double from) {
    double log = Math.log(from);
    double exponent = (1 - power) * log;
    return exponent == 0 ? -log : -log * Math.expm1(exponent) / exponent;
  }

  /** The values of b, rising; of the last, 1 - b x is just above 0 for the largest exceedance. */
  private static double[] grid(double[] x) {
    int points = LEAST_GRID + (int) Math.sqrt(x.length);
    double quartile = x[(int) (x.length / 4.0 + 0.5) - 1];
    double[] grid = new double[points];
    for (int j = 0; j < points; j++) {
      grid[j] =
          (1 - Math.sqrt(points / (j + 0.5))) / (PRIOR_SCALE * quartile) + 1 / x[x.length - 1];
    }
    return grid;
  }

  /** sigma = -k / b, or its limit where both are near 0. */
  private static double scale(double b, double k, double[] x) {
    return Math.abs(b) * x[x.length - 1] < SMALL
        ? Arrays.stream(x).average().orElseThrow()
        : -k / b;
  }

  /**
   * The mean over x of log(1 - b x), for each b. Factors are multiplied before a logarithm is taken
   * of them, as many as cannot leave the range of a double: logarithms are what a fit's time goes
   * to.
   */
  private static double[] meanLogs(double[] b, double[] x) {
    int n = x.length;
    double widest = 0;
    for (double each : b) {
      widest = Math.max(widest, Math.abs(Math.log(1 - each * x[n - 1])));
    }
    int together = (int) Math.max(1, Math.min(n, LOG_RANGE / widest));
    double[] products = new double[b.length];
    double[] means = new double[b.length];
    for (int from = 0; from < n; from += together) {
      Arrays.fill(products, 1);
      for (int i = from; i < Math.min(n, from + together); i++) {
        double value = x[i];
        for (int j = 0; j < products.length; j++) {
          products[j] *= 1 - b[j] * value;
        }
      }
      for (int j = 0; j < products.length; j++) {
        means[j] += Math.log(products[j]) / n;
      }
    }
    return means;
  }
}
