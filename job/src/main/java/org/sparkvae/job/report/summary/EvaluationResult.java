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
 * @param nllStandardError of {@code nll}; NaN for one image
 * @param bounds the mean bound L_k by its number of samples k
 * @param activeUnits latent units that the data moves (Burda et al., 2016, section 5.1)
 * @param latent units in all
 * @param imagesPerSecond speed, of the images that this job scored; NaN where it scored none
 * @param seconds wall time of that; NaN where it scored none
 */
public record EvaluationResult(
    long images,
    int samples,
    double nll,
    double nllStandardError,
    SortedMap<Integer, Double> bounds,
    int activeUnits,
    int latent,
    double imagesPerSecond,
    double seconds) {
  /** Copies the bounds. */
  public EvaluationResult {
    bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
  }
}
