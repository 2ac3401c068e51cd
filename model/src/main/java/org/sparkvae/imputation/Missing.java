package org.sparkvae.imputation;

import java.util.Arrays;

/** Missing values of images. */
final class Missing {
  private static final float MIDDLE = 0.5f;

  private Missing() {}

  /** A copy of an image whose missing values are the mean of the observed ones, or 1/2. */
  static float[] filled(float[] image, boolean[] missing) {
    double sum = 0;
    int observed = 0;
    for (int d = 0; d < image.length; d++) {
      if (!missing[d]) {
        sum += image[d];
        observed++;
      }
    }
    float mean = observed == 0 ? MIDDLE : (float) (sum / observed);
    float[] filled = image.clone();
    for (int d = 0; d < image.length; d++) {
      if (missing[d]) {
        filled[d] = mean;
      }
    }
    return filled;
  }

  /** So many copies of that. */
  static float[][] filled(float[] image, boolean[] missing, int copies) {
    float[][] filled = new float[copies][];
    Arrays.setAll(filled, copy -> filled(image, missing));
    return filled;
  }

  /** Brings values to the nearest in [0, 1]. */
  static float[] clipped(float[] image) {
    for (int d = 0; d < image.length; d++) {
      image[d] = Math.min(1, Math.max(0, image[d]));
    }
    return image;
  }
}
