package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Estimator;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.job.settings.EvaluationSettings;

class EstimateInWordsTest {
  private static String words(int samples, int stream, Estimator estimator, Proposal proposal) {
    return EstimateInWords.of(new EvaluationSettings(samples, 500, stream, estimator, proposal));
  }

  @Test
  void tellsSamplesProposalAndEstimator() {
    Importance importance = new Importance();
    Refined refined = new Refined(100, 4, 0.15, Refined.Covariance.FULL, new StudentT(30));

    assertThat(words(1, 0, importance, new Encoder(new Normal())))
        .isEqualTo("1 sample of the encoder's posterior");
    assertThat(words(5_000, 0, importance, new Encoder(new StudentT(5))))
        .isEqualTo("5,000 samples of the encoder's posterior with tails of 5 degrees of freedom");
    assertThat(words(500, 0, importance, refined))
        .isEqualTo(
            "500 samples of a posterior refined by 100 steps of 4 samples from a step size of 0.15,"
                + " of full covariance with tails of 30 degrees of freedom");
    assertThat(words(9, 0, new Annealed(Annealed.Start.PRIOR, 16, 100, 2, 0), refined))
        .isEqualTo(
            "16 annealed chains of 100 temperatures and 2 leapfrog steps a move from the prior");
  }

  @Test
  void doesNotTellTheStreamOfRandomNumbers() {
    Proposal encoder = new Encoder(new Normal());

    assertThat(words(60, 1, new Importance(), encoder))
        .isEqualTo(words(60, 0, new Importance(), encoder));
  }
}
