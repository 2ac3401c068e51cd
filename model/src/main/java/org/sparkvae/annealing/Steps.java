package org.sparkvae.annealing;

/**
 * Sizes of leapfrog steps along a ladder, of each image.
 *
 * @param logarithms of the sizes, [points][images], at equally distant places from the ladder's
 *     first temperature to its last
 */
record Steps(double[][] logarithms) {
  /**
   * The sizes at a place, by logarithms linear between the points.
   *
   * @param place as a part of the ladder, from 0 to 1
   * @param sizes set, [images]
   */
  void at(double place, double[] sizes) {
    double point = place * (logarithms.length - 1);
    int below = Math.min((int) point, logarithms.length - 2);
    double part = point - below;
    for (int i = 0; i < sizes.length; i++) {
      double logarithm = (1 - part) * logarithms[below][i] + part * logarithms[below + 1][i];
      sizes[i] = StrictMath.exp(logarithm);
    }
  }
}
