package org.sparkvae.host;

/**
 * The weighted mean of float32 vectors, value by value: sum_s w_s x_s / sum_s w_s.
 *
 * <p>Accumulated in float64 in the order of the vectors, and rounded to float32 once: the mean of
 * equal vectors is that vector, where the weights are whole numbers below 2^29.
 */
public final class WeightedMean {
  /** Values whose sums fit the first-level cache. */
  static final int BLOCK = 2048;

  private static final Loops LOOPS = VectorModule.isPresent() ? new VectorMean() : new ScalarMean();

  private WeightedMean() {}

  /**
   * Sets {@code target[from .. to)} to the mean.
   *
   * @param vectors of the target's length; it may be one of them
   * @param weights one for each vector, not all 0
   */
  public static void of(FloatSource[] vectors, double[] weights, float[] target, int from, int to) {
    of(LOOPS, vectors, weights, target, from, to);
  }

  static void of(
      Loops loops, FloatSource[] vectors, double[] weights, float[] target, int from, int to) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] sums = new double[BLOCK];
    float[] values = new float[BLOCK];
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      vectors[0].read(at, values, 0, count);
      loops.set(sums, weights[0], values, count);
      for (int s = 1; s < vectors.length; s++) {
        vectors[s].read(at, values, 0, count);
        loops.add(sums, weights[s], values, count);
      }
      loops.divide(sums, total, target, at, count);
    }
  }

  /** The bulk loops; every implementation gives the same bits. */
  interface Loops {
    /** sums[i] = weight * values[i], i below count. */
    void set(double[] sums, double weight, float[] values, int count);

    /** sums[i] += weight * values[i], a product rounded before it is added. */
    void add(double[] sums, double weight, float[] values, int count);

    /** target[at + i] = sums[i] / total. */
    void divide(double[] sums, double total, float[] target, int at, int count);
  }

  /** The loops in plain Java, from a value on. */
  static final class ScalarMean implements Loops {
    @Override
    public void set(double[] sums, double weight, float[] values, int count) {
      set(sums, weight, values, 0, count);
    }

    @Override
    public void add(double[] sums, double weight, float[] values, int count) {
      add(sums, weight, values, 0, count);
    }

    @Override
    public void divide(double[] sums, double total, float[] target, int at, int count) {
      divide(sums, total, target, at, 0, count);
    }

    static void set(double[] sums, double weight, float[] values, int from, int count) {
      for (int i = from; i < count; i++) {
        sums[i] = weight * values[i];
      }
    }

    static void add(double[] sums, double weight, float[] values, int from, int count) {
      for (int i = from; i < count; i++) {
        sums[i] += weight * values[i];
      }
    }

    static void divide(double[] sums, double total, float[] target, int at, int from, int count) {
      for (int i = from; i < count; i++) {
        target[at + i] = (float) (sums[i] / total);
      }
    }
  }
}
