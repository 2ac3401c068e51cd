package org.sparkvae.job.evaluate;

import java.math.BigDecimal;
import java.util.Locale;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.evaluation.Tails;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.job.settings.EvaluationSettings;

/**
 * How log p(x) is estimated, in words, such as "1 sample of the encoder's posterior": the same
 * where estimates compare.
 */
final class EstimateInWords {
  private EstimateInWords() {}

  static String of(EvaluationSettings settings) {
    return settings
        .estimator()
        .annealed()
        .map(EstimateInWords::chains)
        .orElseGet(
            () ->
                Readable.count(settings.samples(), "sample")
                    + " of "
                    + posterior(settings.proposal()));
  }

  private static String chains(Annealed how) {
    return "%s of %s and %s a move from the %s"
        .formatted(
            Readable.count(how.chains(), "annealed chain"),
            Readable.count(how.temperatures(), "temperature"),
            Readable.count(how.leapfrog(), "leapfrog step"),
            how.start() == Annealed.Start.PRIOR ? "prior" : "encoder's posterior");
  }

  private static String posterior(Proposal proposal) {
    String of =
        proposal.refinement().map(EstimateInWords::refined).orElse("the encoder's posterior");
    return of + tails(proposal.tails());
  }

  private static String refined(Refined how) {
    return "a posterior refined by %s of %s from a step size of %s, of %s covariance"
        .formatted(
            Readable.count(how.steps(), "step"),
            Readable.count(how.samples(), "sample"),
            number(how.learningRate()),
            how.covariance().name().toLowerCase(Locale.ROOT));
  }

  private static String tails(Tails tails) {
    return tails instanceof StudentT heavy
        ? " with tails of %s degrees of freedom".formatted(number(heavy.freedom()))
        : "";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
