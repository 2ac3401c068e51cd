package org.sparkvae.job.analyse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the bound of one image is from its log p(x), and why; nats.
 *
 * <p>The bounds are the means of log w, whose errors are smaller than those of the KL term in
 * closed form where q is near the posterior. Both posteriors' samples come from the same noise, so
 * that the error of the amortisation gap is that of the differences of each sample.
 *
 * @param logLikelihood log p(x)
 * @param refined the bound of the best posterior of the family, L[q*]
 * @param elbo the bound of the encoder's posterior, L[q]
 * @param approximation log p(x) - L[q*]
 * @param amortisation L[q*] - L[q]
 */
record Gaps(
    LogLikelihood logLikelihood,
    Estimate refined,
    Estimate elbo,
    Estimate approximation,
    Estimate amortisation) {

  /**
   * Of an image's samples.
   *
   * @param encoder log w of samples of the encoder's posterior
   * @param best log w of samples of the best posterior, of the same noise
   * @param others further estimates of log p(x), of other noise
   */
  static Gaps of(double[] encoder, double[] best, List<LogLikelihood> others) {
    LogLikelihood ofBest = LogLikelihood.ofSamples(best);
    List<LogLikelihood> all = new ArrayList<>(List.of(ofBest));
    all.addAll(others);
    LogLikelihood chosen = LogLikelihood.best(all);
    Estimate refined = Estimate.mean(best);
    double[] differences = new double[best.length];
    Arrays.setAll(differences, i -> best[i] - encoder[i]);
    return new Gaps(
        chosen,
        refined,
        Estimate.mean(encoder),
        chosen == ofBest
            ? ofTheSameSamples(ofBest, best)
            : chosen.estimate().minusIndependent(refined),
        Estimate.mean(differences));
  }

  private static Estimate ofTheSameSamples(LogLikelihood ofBest, double[] best) {
    double logLikelihood = ofBest.estimate().value();
    double[] influences = LogLikelihood.influences(best, logLikelihood);
    Arrays.setAll(influences, i -> influences[i] - best[i]);
    double gap = logLikelihood - Arrays.stream(best).average().orElseThrow();
    return Estimate.of(gap, influences).withError(ofBest.unseenError());
  }
}
