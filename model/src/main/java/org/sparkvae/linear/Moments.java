package org.sparkvae.linear;

import java.io.Serializable;
import java.util.Arrays;

/**
 * First and second moments of images, as sums over them.
 *
 * <p>Values are levels, whole numbers from 0 to 255. A sum of their products is a whole number,
 * too, which float64 holds exactly up to 2^53, of some 10^11 images: sums have the same bits in any
 * order. A plain class: Spark's Kryo cannot write records.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The highest level, which is 1 as a value. */
  private static final double WHITE = 255;

  private final long images;
  private final double[] sums;
  private final double[] products;

  /**
   * Takes the arrays without a copy.
   *
   * @param sums of each value, [values]
   * @param products sums of each value's products with itself and those before, row by row, [values
   *     (values + 1) / 2]
   */
  Moments(long images, double[] sums, double[] products) {
    this.images = images;
    this.sums = sums;
    this.products = products;
  }

  /** How many sums of products there are of so many values. */
  public static long products(int values) {
    return values * (values + 1L) / 2;
  }

  /** How many images they are of. */
  public long images() {
    return images;
  }

  /** Adds those of other images to these, and returns these. */
  public Moments add(Moments others) {
    add(others.sums, sums);
    add(others.products, products);
    return new Moments(images + others.images, sums, products);
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /** The covariance of the images, of values in [0, 1]. */
  public Covariance covariance() {
    int values = sums.length;
    double[] matrix = new double[Math.multiplyExact(values, values)];
    double scale = 1 / (WHITE * WHITE * images * images);
    int at = 0;
    for (int i = 0; i < values; i++) {
      for (int j = 0; j <= i; j++) {
        // Both are whole numbers: of a value that is always the same nothing is left.
        double covariance = scale * (images * products[at++] - sums[i] * sums[j]);
        matrix[i * values + j] = covariance;
        matrix[j * values + i] = covariance;
      }
    }
    double[] mean = Arrays.stream(sums).map(sum -> sum / (WHITE * images)).toArray();
    return new Covariance(mean, matrix);
  }
}
