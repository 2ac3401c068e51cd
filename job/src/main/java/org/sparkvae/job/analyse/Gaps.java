package org.sparkvae.job.analyse;

import java.util.Arrays;
import org.sparkvae.importance.Reliability;
import org.sparkvae.importance.TailSelection;

/**
 * How far the bound of one image is from its log p(x), and why, from samples of log w; nats.
 *
 * <p>The bounds are the means of log w, whose errors are smaller than those of the KL term in
 * closed form where q is near the posterior. Both posteriors' samples come from the same noise, so
 * that the errors of differences are those of the differences of each sample.
 *
 * @param logLikelihood log p(x) by importance sampling from the best posterior, or from the
 *     encoder's where that finds more by over two standard errors of the difference and is no less
 *     reliable: what either finds is a lower bound in expectation, but the larger of two of unlike
 *     errors is mostly noise
 * @param refined the bound of the best posterior of the family, L[q*]
 * @param elbo the bound of the encoder's posterior, L[q]
 * @param approximation log p(x) - L[q*]
 * @param amortisation L[q*] - L[q]
 * @param reliability whether log p(x), and so the approximation gap, can be trusted
 */
record Gaps(
    Estimate logLikelihood,
    Estimate refined,
    Estimate elbo,
    Estimate approximation,
    Estimate amortisation,
    Reliability reliability) {

  private static final double CERTAIN = 2;

  /**
   * Of an image's samples.
   *
   * @param encoder log w of samples of the encoder's posterior
   * @param best log w of samples of the best posterior, of the same noise
   */
  static Gaps of(double[] encoder, double[] best) {
    Reliability ofEncoder = reliability(encoder);
    Reliability ofBest = reliability(best);
    boolean more = (ofEncoder.reliable() || !ofBest.reliable()) && findsMore(encoder, best);
    double[] chosen = more ? encoder : best;
    double logLikelihood = logMean(chosen);
    double[] influences = influences(chosen, logLikelihood);
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
        Estimate.mean(differences),
        more ? ofEncoder : ofBest);
  }

  private static Reliability reliability(double[] logWeights) {
    TailSelection largest = new TailSelection(logWeights.length);
    largest.add(logWeights, logWeights.length);
    return Reliability.of(largest.tail());
  }

  private static boolean findsMore(double[] one, double[] other) {
    double ofOne = logMean(one);
    double ofOther = logMean(other);
    double[] differences = influences(one, ofOne);
    double[] others = influences(other, ofOther);
    Arrays.setAll(differences, i -> differences[i] - others[i]);
    Estimate more = Estimate.of(ofOne - ofOther, differences);
    // NaN of either is the answer.
    return !(more.value() <= CERTAIN * more.standardError()) && !Double.isNaN(ofOther);
  }

  /** What each sample adds to the error of the log of the mean weight, by the delta method. */
  private static double[] influences(double[] logWeights, double logMean) {
    return Arrays.stream(logWeights).map(w -> Math.exp(w - logMean)).toArray();
  }

  /** log of the mean of e^w; NaN where one is NaN. */
  private static double logMean(double[] logWeights) {
    double most = Arrays.stream(logWeights).max().orElseThrow();
    double sum = Arrays.stream(logWeights).map(w -> Math.exp(w - most)).sum();
    return most + Math.log(sum / logWeights.length);
  }
}
