package org.sparkvae.linear;

import java.util.Random;

/**
 * Small grey images that a linear Gaussian model draws, rounded to levels; one value is constant.
 */
public final class DrawnImages {
  public static final int VALUES = 9;
  public static final int CONSTANT = 4;
  private static final double[][] LOADINGS = new double[3][VALUES];

  static {
    Random random = new Random(3);
    for (double[] row : LOADINGS) {
      for (int i = 0; i < VALUES; i++) {
        row[i] = 0.1 * random.nextGaussian();
      }
    }
  }

  private DrawnImages() {}

  /** The levels of images, [count * values]. */
  public static byte[] levels(int count, long seed) {
    Random random = new Random(seed);
    byte[] levels = new byte[count * VALUES];
    for (int n = 0; n < count; n++) {
      double[] z = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      for (int i = 0; i < VALUES; i++) {
        double x = 0.5 + 0.02 * (1 + i % 4) * random.nextGaussian();
        for (int k = 0; k < z.length; k++) {
          x += LOADINGS[k][i] * z[k];
        }
        double level = i == CONSTANT ? 7 : Math.rint(255 * Math.max(0, Math.min(1, x)));
        levels[n * VALUES + i] = (byte) level;
      }
    }
    return levels;
  }

  /** An image's values, in [0, 1]. */
  public static float[] image(byte[] levels, int image) {
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = (levels[image * VALUES + i] & 0xff) / 255f;
    }
    return values;
  }

  /** Their moments, summed up at once. */
  public static Moments moments(byte[] levels) {
    try (Summation sum = new Summation(VALUES)) {
      sum.add(levels);
      return sum.moments();
    }
  }
}
