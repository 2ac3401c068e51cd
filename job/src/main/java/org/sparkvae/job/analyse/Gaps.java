package org.sparkvae.job.analyse;

import java.util.Arrays;

/**
 * How far the bound of one image is from its log p(x), and why, from samples of log w; nats.
 *
 * <p>The bounds are the means of log w, whose errors are smaller than those of the KL term in
 * closed form where q is near the posterior. Both posteriors' samples come from the same noise, so
 * that the errors of differences are those of the differences of each sample.
 *
 * @param logLikelihood log p(x), the larger of what importance sampling finds from either posterior
 * @param refined the bound of the best posterior of the family, L[q*]
 * @param elbo the bound of the encoder's posterior, L[q]
 * @param approximation log p(x) - L[q*]
 * @param amortisation L[q*] - L[q]
 */
record Gaps(
    Estimate logLikelihood,
    Estimate refined,
    Estimate elbo,
    Estimate approximation,
    Estimate amortisation) {

  /**
   * Of an image's samples.
   *
   * @param encoder log w of samples of the encoder's posterior
   * @param best log w of samples of the best posterior, of the same noise
   */
  static Gaps of(double[] encoder, double[] best) {
    double fromEncoder = logMean(encoder);
    double fromBest = logMean(best);
    // NaN is the larger.
    double logLikelihood = Math.max(fromEncoder, fromBest);
    double[] larger = fromEncoder > fromBest ? encoder : best;
    double[] influences = Arrays.stream(larger).map(w -> Math.exp(w - logLikelihood)).toArray();
    double[] differences = new double[best.length];
    Arrays.setAll(differences, i -> best[i] - encoder[i]);
    double[] approximation = new double[best.length];
    Arrays.setAll(approximation, i -> influences[i] - best[i]);
    Estimate refined = Estimate.mean(best);
    return new Gaps(
        Estimate.of(logLikelihood, influences),
        refined,
        Estimate.mean(encoder),
        Estimate.of(logLikelihood - refined.value(), approximation),
        Estimate.mean(differences));
  }

  /** log of the mean of e^w; NaN where one is NaN. */
  private static double logMean(double[] logWeights) {
    double most = Arrays.stream(logWeights).max().orElseThrow();
    double sum = Arrays.stream(logWeights).map(w -> Math.exp(w - most)).sum();
    return most + Math.log(sum / logWeights.length);
  }
}
