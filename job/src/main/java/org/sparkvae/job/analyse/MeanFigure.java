package org.sparkvae.job.analyse;

import java.util.Arrays;

/**
 * The mean of a figure over images.
 *
 * @param value the mean
 * @param standardError of the mean, in all; NaN of one image
 * @param errorFromSampling the share of having these samples of each image and no others
 */
record MeanFigure(double value, double standardError, double errorFromSampling) {
  /**
   * Of the figures of images, and their standard errors from sampling.
   *
   * @param values at least one
   */
  static MeanFigure of(double[] values, double[] errors) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double spread = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sampling = Arrays.stream(errors).map(e -> e * e).sum();
    double images = values.length;
    return new MeanFigure(
        mean, Math.sqrt(spread / (images - 1) / images), Math.sqrt(sampling) / images);
  }
}
