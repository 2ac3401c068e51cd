package org.sparkvae.mixture;

/**
 * The expectation step: shares vectors among the components of a mixture. Not thread-safe: one
 * instance belongs to one task.
 */
public final class Expectation {
  /** Vectors whose densities are computed together. */
  private static final int TOGETHER = 64;

  /** A share that changes no digit of a sum. */
  private static final double NEGLIGIBLE = 1e-20;

  private final MixtureDensity density;
  private final ExpectedMoments moments;
  private final double[][] vectors = new double[TOGETHER][];
  private final double[] centred;
  private int count;

  /** Of no vector yet. */
  public Expectation(MixtureDensity density) {
    this.density = density;
    moments = new ExpectedMoments(density.components(), density.dimensions());
    centred = new double[density.dimensions()];
  }

  /** Adds a vector, which is not to be changed until {@link #moments}. */
  public void add(double[] vector) {
    vectors[count++] = vector;
    if (count == TOGETHER) {
      share();
    }
  }

  private void share() {
    double[][] terms = density.terms(vectors, count);
    for (int i = 0; i < count; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] of : terms) {
        largest = Math.max(largest, of[i]);
      }
      double sum = 0;
      for (double[] of : terms) {
        sum += Math.exp(of[i] - largest);
      }
      double logDensity = largest + Math.log(sum);
      moments.count(logDensity);
      for (int k = 0; k < terms.length; k++) {
        double share = Math.exp(terms[k][i] - logDensity);
        if (share > NEGLIGIBLE) {
          density.centre(vectors[i], k, centred);
          moments.add(k, share, centred);
        }
      }
    }
    count = 0;
  }

  /** Those of all vectors that were added. */
  public ExpectedMoments moments() {
    share();
    return moments;
  }
}
