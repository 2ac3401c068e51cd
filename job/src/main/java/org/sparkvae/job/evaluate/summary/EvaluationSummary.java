package org.sparkvae.job.evaluate.summary;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sparkvae.job.evaluate.scoring.CurvePoint;
import org.sparkvae.job.evaluate.scoring.EvaluationException;

/**
 * What the importance-sampling pass says of the whole test set. Means are per image, in nats.
 *
 * <p>The estimates of log p(x) differ between images because the images differ and because each
 * estimate has an error of its own; their spread holds both. So the total standard error is
 * sd(log_likelihood) / sqrt(n), the sampling's share sqrt(sum of standard_error^2) / n, and the
 * images' share what is left of the total's square.
 *
 * @param images n, images evaluated
 * @param samples K, importance samples per image
 * @param testNll mean of -L_K, the negative log-likelihood
 * @param testNllStandardError of {@code testNll}, in all; NaN for one image
 * @param testNllStandardErrorFromImages the share of having these n images and no others; NaN for K
 *     = 1
 * @param testNllStandardErrorFromSampling the share of having K samples of each; NaN for K = 1
 * @param bitsPerDimension {@code testNll} / (pixels log 2) where it means something, as {@link
 *     Evaluator} says; else NaN
 * @param elbo mean ELBO
 * @param reconstruction mean E_q[log p(x|z)]
 * @param kl mean KL(q(z|x) || p(z)) in closed form
 * @param meanEffectiveSamples mean effective sample size
 * @param leastEffectiveSamples least effective sample size of an image
 * @param curve the mean bound at 1, 10, 100, ... and K samples
 * @param activeUnits latent dimensions whose posterior mean has a variance above 0.01 over the
 *     images (Burda et al., 2016, section 5.1)
 * @param posteriorMeanVariances these variances, [latent]
 * @param outliers the images of lowest log p(x), the lowest first
 */
public record EvaluationSummary(
    long images,
    int samples,
    double testNll,
    double testNllStandardError,
    double testNllStandardErrorFromImages,
    double testNllStandardErrorFromSampling,
    double bitsPerDimension,
    double elbo,
    double reconstruction,
    double kl,
    double meanEffectiveSamples,
    double leastEffectiveSamples,
    List<CurvePoint> curve,
    int activeUnits,
    List<Double> posteriorMeanVariances,
    List<Outlier> outliers) {
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
    int points = all.curve().length;
    List<Double> variances =
        IntStream.range(SummaryPart.CURVE + points, moments.quantities())
            .mapToObj(moments::populationVariance)
            .toList();
    double nll = -moments.mean(SummaryPart.LOG_LIKELIHOOD);
    double total = moments.sampleVariance(SummaryPart.LOG_LIKELIHOOD) / images;
    double sampling = moments.mean(SummaryPart.SQUARED_ERROR) / images;
    return new EvaluationSummary(
        images,
        all.curve()[points - 1],
        nll,
        Math.sqrt(total),
        Math.sqrt(Math.max(0, total - sampling)),
        Math.sqrt(sampling),
        nll * nllToBits,
        moments.mean(SummaryPart.ELBO),
        moments.mean(SummaryPart.RECONSTRUCTION),
        moments.mean(SummaryPart.KL),
        moments.mean(SummaryPart.EFFECTIVE_SAMPLES),
        all.leastEffectiveSamples(),
        IntStream.range(0, points)
            .mapToObj(i -> new CurvePoint(all.curve()[i], moments.mean(SummaryPart.CURVE + i)))
            .toList(),
        (int) variances.stream().filter(variance -> variance > ACTIVE).count(),
        variances,
        Arrays.stream(all.outliers()).sorted(Outlier.LOWEST_FIRST).toList());
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
