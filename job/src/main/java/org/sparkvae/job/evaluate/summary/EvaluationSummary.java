package org.sparkvae.job.evaluate.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/**
 * What the scoring of images says of the whole test set. Means are per image, in nats.
 *
 * <p>The estimates of log p(x) differ between images because the images differ and because each
 * estimate has an error of its own; their spread holds both. So the total standard error is
 * sd(log_likelihood) / sqrt(n), the sampling's share sqrt(sum of standard_error^2) / n, and the
 * images' share what is left of the total's square. None of them is known where an image's estimate
 * cannot be trusted; sd(log_likelihood) / sqrt(n) then is the error of the bound L_K alone, whose
 * expectation lies below log p(x).
 *
 * @param images n, images evaluated
 * @param nll mean of the negative estimate
 * @param elbo means over the images
 * @param diagnosis of the weights
 * @param latent what the images move
 * @param above the same of the stochastic layers from the second on
 * @param outliers the images of lowest log p(x), the lowest first
 */
public record EvaluationSummary(
    long images,
    Nll nll,
    ImageScore.ElboParts elbo,
    Diagnosis diagnosis,
    LatentUnits latent,
    List<LatentUnits> above,
    List<Outlier> outliers) {
  /**
   * The negative log-likelihood.
   *
   * @param mean of -L_K
   * @param standardError of the mean, in all; NaN for one image, or where one is not reliable
   * @param errorFromImages the share of having these n images and no others; NaN for K = 1, or
   *     where one is not reliable
   * @param errorFromSampling the share of having K samples of each; NaN where that of the images is
   * @param bitsPerDimension the mean / (pixels log 2) where that means something; else NaN
   * @param errorOfBound of the mean as one of -L_K, the bound that papers tell, whether estimates
   *     can be trusted or not; NaN for one image
   * @param exact the mean of -log p(x) in closed form; NaN where the model has none
   */
  public record Nll(
      double mean,
      double standardError,
      double errorFromImages,
      double errorFromSampling,
      double bitsPerDimension,
      double errorOfBound,
      double exact) {}

  /**
   * What the weights tell.
   *
   * @param effectiveSamples over the images
   * @param tails of the weights
   * @param curve the mean bound at 1, 10, 100, ... and K samples; empty of annealed chains
   */
  public record Diagnosis(EffectiveSamples effectiveSamples, Tails tails, List<CurvePoint> curve) {}

  /**
   * The tails of the images' weights.
   *
   * @param reliable how many images' estimates can be trusted
   * @param meanK the mean shape of a tail, over the images that have one; NaN where none has, as of
   *     annealed chains
   * @param largestK of an image; NaN where none has one
   */
  public record Tails(long reliable, double meanK, double largestK) {}

  /**
   * Effective sample sizes.
   *
   * @param mean over the images
   * @param least of an image
   */
  public record EffectiveSamples(double mean, double least) {}

  /**
   * Latent dimensions, by how far the images move their posterior means.
   *
   * @param active how many of these variances are above 0.01 (Burda et al., 2016, section 5.1)
   * @param meanVariances variances of the posterior means over the images, [latent]
   */
  public record LatentUnits(int active, List<Double> meanVariances) {
    static LatentUnits of(List<Double> meanVariances) {
      return new LatentUnits(
          (int) meanVariances.stream().filter(variance -> variance > ACTIVE).count(),
          meanVariances);
    }
  }

  private static final double ACTIVE = 0.01;

  /**
   * Sums up all parts.
   *
   * @param parts by rising id
   * @param nllToBits bits per dimension of one nat per image; NaN where there are none
   * @throws EvaluationException where an image's log p(x) could not be estimated
   */
  public static EvaluationSummary of(List<SummaryPart> parts, double nllToBits) {
    SummaryPart all = parts.stream().reduce(SummaryPart::plus).orElseThrow();
    if (all.broken().length > 0) {
      throw new EvaluationException(message(all.broken()));
    }
    VectorMoments moments = all.moments();
    long images = moments.count();
    Diagnosis diagnosis = all.diagnosis().summary();
    List<LatentUnits> layers = layers(all);
    boolean trusted = diagnosis.tails().reliable() == images;
    return new EvaluationSummary(
        images,
        nll(moments, trusted, nllToBits),
        new ImageScore.ElboParts(
            moments.mean(SummaryPart.ELBO),
            moments.mean(SummaryPart.RECONSTRUCTION),
            moments.mean(SummaryPart.KL)),
        diagnosis,
        layers.get(0),
        layers.subList(1, layers.size()),
        Arrays.stream(all.outliers()).sorted(Outlier.LOWEST_FIRST).toList());
  }

  private static List<LatentUnits> layers(SummaryPart all) {
    List<LatentUnits> layers = new ArrayList<>();
    int from = SummaryPart.POSTERIOR_MEAN;
    for (int units : all.layers()) {
      IntStream ofLayer = IntStream.range(from, from + units);
      layers.add(LatentUnits.of(ofLayer.mapToObj(all.moments()::populationVariance).toList()));
      from += units;
    }
    return layers;
  }

  private static Nll nll(VectorMoments moments, boolean trusted, double nllToBits) {
    double nll = -moments.mean(SummaryPart.LOG_LIKELIHOOD);
    double bits = nll * nllToBits;
    double exact = -moments.mean(SummaryPart.EXACT);
    double total = moments.sampleVariance(SummaryPart.LOG_LIKELIHOOD) / moments.count();
    double ofBound = Math.sqrt(total);
    if (!trusted) {
      return new Nll(nll, Double.NaN, Double.NaN, Double.NaN, bits, ofBound, exact);
    }
    double sampling = moments.mean(SummaryPart.SQUARED_ERROR) / moments.count();
    double images = Math.sqrt(Math.max(0, total - sampling));
    return new Nll(nll, ofBound, images, Math.sqrt(sampling), bits, ofBound, exact);
  }

  private static String message(long[] broken) {
    List<Long> ids = LongStream.of(broken).boxed().toList();
    return "log p(x) cannot be estimated for image "
        + ids.get(0)
        + ": its importance weights are all zero, or one is NaN or infinite"
        + (ids.size() > 1 ? " (nor for image " + ids.subList(1, ids.size()) + ")" : "")
        + "; the model has diverged: train it with a lower learning rate, or take an earlier"
        + " checkpoint";
  }
}
