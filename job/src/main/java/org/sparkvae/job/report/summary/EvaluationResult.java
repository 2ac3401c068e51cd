package org.sparkvae.job.report.summary;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the evaluation found, over the test images. Nats per image.
 *
 * @param images evaluated
 * @param nll mean negative log-likelihood, as estimated
 * @param sampling how importance sampling came to it, where it did
 * @param annealing how annealed chains came to it, where they did
 * @param activeUnits how many latent units the data moves
 * @param speed of the images that this job scored
 */
public record EvaluationResult(
    long images,
    Estimate nll,
    Optional<Sampling> sampling,
    Optional<Annealing> annealing,
    ActiveUnits activeUnits,
    Speed speed) {
  /** By importance sampling, if at all. */
  public EvaluationResult(
      long images,
      Estimate nll,
      Optional<Sampling> sampling,
      ActiveUnits activeUnits,
      Speed speed) {
    this(images, nll, sampling, Optional.empty(), activeUnits, speed);
  }

  /**
   * A mean over images.
   *
   * @param mean over them
   * @param standardError of the mean; NaN for one image, or where it cannot be known
   * @param exact what is estimated, in closed form; NaN where it has none
   */
  public record Estimate(double mean, double standardError, double exact) {
    /** Of what has no closed form. */
    public Estimate(double mean, double standardError) {
      this(mean, standardError, Double.NaN);
    }
  }

  /**
   * Importance sampling.
   *
   * @param samples K, per image
   * @param reliable how many images' estimates can be trusted
   * @param bounds the mean bound L_k by its number of samples k
   * @param better the setting that is better than more samples where an estimate cannot be trusted,
   *     if any
   */
  public record Sampling(
      int samples, long reliable, SortedMap<Integer, Double> bounds, Optional<String> better) {
    public Sampling {
      bounds = Collections.unmodifiableSortedMap(new TreeMap<>(bounds));
    }
  }

  /**
   * Annealed importance sampling.
   *
   * @param chains of an image
   * @param temperatures of a chain
   * @param reliable how many images' estimates can be trusted
   * @param better the setting that is better than more temperatures or chains where an estimate
   *     cannot be trusted, if any
   * @param simulated bounds of simulated images, where some were asked for
   */
  public record Annealing(
      int chains,
      int temperatures,
      long reliable,
      Optional<String> better,
      Optional<Sandwich> simulated) {}

  /**
   * Mean bounds of log p(x) from both sides, over simulated images.
   *
   * @param images how many
   * @param gapError standard error of the mean gap; NaN for one image
   */
  public record Sandwich(int images, double lower, double upper, double gapError) {
    /** Upper less lower. */
    public double gap() {
      return upper - lower;
    }
  }

  /**
   * Latent units that the data moves (Burda et al., 2016, section 5.1).
   *
   * @param count how many
   * @param all latent units, moved or not
   * @param above the same of the stochastic layers from the second on
   */
  public record ActiveUnits(int count, int all, List<ActiveUnits> above) {
    /** Of one stochastic layer. */
    public ActiveUnits(int count, int all) {
      this(count, all, List.of());
    }

    /** Where no encoder tells what the data moves. */
    public static final ActiveUnits NONE = new ActiveUnits(0, 0);
  }
}
