package org.sparkvae.linear;

import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import org.bytedeco.javacpp.DoublePointer;

/** Sums up the moments of images. Not thread-safe: one instance belongs to one task. */
public final class Summation implements AutoCloseable {
  /** Images of which products are computed together. */
  private static final int TOGETHER = 256;

  private final int values;
  private final double[] sums;
  private final double[] rows;
  private final DoublePointer products;
  private final DoublePointer some;
  private long images;

  /** Of no image of so many values yet. */
  public Summation(int values) {
    this.values = values;
    sums = new double[values];
    rows = new double[Math.multiplyExact(TOGETHER, values)];
    products = new DoublePointer((long) values * values);
    products.zero();
    some = new DoublePointer(rows.length);
  }

  /**
   * Adds images.
   *
   * @param levels unsigned, [images * values]
   */
  public void add(byte[] levels) {
    int count = levels.length / values;
    for (int from = 0; from < count; from += TOGETHER) {
      add(levels, from, Math.min(TOGETHER, count - from));
    }
    images += count;
  }

  private void add(byte[] levels, int from, int count) {
    int at = from * values;
    for (int row = 0; row < count * values; row += values) {
      for (int d = 0; d < values; d++) {
        double level = levels[at++] & 0xff;
        rows[row + d] = level;
        sums[d] += level;
      }
    }
    some.put(rows, 0, count * values);
    cblas_dsyrk(
        CblasRowMajor, CblasLower, CblasTrans, values, count, 1, some, values, 1, products, values);
  }

  /** The moments of all images that were added. */
  public Moments moments() {
    double[] packed = new double[Math.toIntExact(Moments.products(values))];
    int at = 0;
    for (int row = 0; row < values; row++) {
      products.position((long) row * values).get(packed, at, row + 1);
      at += row + 1;
    }
    products.position(0);
    return new Moments(images, sums.clone(), packed);
  }

  @Override
  public void close() {
    products.close();
    some.close();
  }
}
