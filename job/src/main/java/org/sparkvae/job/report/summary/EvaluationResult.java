package org.sparkvae.job.report.summary;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the importance-sampling pass found, over the test images. Nats per image.
 *
 * @param images evaluated
 * @param samples K, importance samples per image
 * @param nll mean negative log-likelihood, -L_K
 * @param bounds the mean bound L_k by its number of samples k
 * @param activeUnits how many latent units the data moves
 * @param speed of the images that this job scored
 */
public record EvaluationResult(
    long images,
    int samples,
    Estimate nll,
    SortedMap<Integer, Double> bounds,
    ActiveUnits activeUnits,
    Speed speed) {
  public EvaluationResult {
    bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
  }

  /**
   * A mean over images.
   *
   * @param mean over them
   * @param standardError of the mean; NaN for one image
   */
  public record Estimate(double mean, double standardError) {}

  /**
   * Latent units that the data moves (Burda et al., 2016, section 5.1).
   *
   * @param count how many
   * @param all latent units, moved or not
   */
  public record ActiveUnits(int count, int all) {}
}
