package org.sparkvae.job.report.summary;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the evaluation found, over the test images. Nats per image.
 *
 * @param images evaluated
 * @param nll mean negative log-likelihood, as estimated
 * @param sampling how importance sampling came to it, where it did
 * @param activeUnits how many latent units the data moves
 * @param speed of the images that this job scored
 */
public record EvaluationResult(
    long images, Estimate nll, Optional<Sampling> sampling, ActiveUnits activeUnits, Speed speed) {
  /**
   * A mean over images.
   *
   * @param mean over them
   * @param standardError of the mean; NaN for one image, or where it cannot be known
   */
  public record Estimate(double mean, double standardError) {}

  /**
   * Importance sampling.
   *
   * @param samples K, per image
   * @param reliable how many images' estimates can be trusted
   * @param bounds the mean bound L_k by its number of samples k
   */
  public record Sampling(int samples, long reliable, SortedMap<Integer, Double> bounds) {
    public Sampling {
      bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
    }
  }

  /**
   * Latent units that the data moves (Burda et al., 2016, section 5.1).
   *
   * @param count how many
   * @param all latent units, moved or not
   */
  public record ActiveUnits(int count, int all) {}
}
