package org.sparkvae.job.evaluate.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageScore;

class EvaluationSummaryTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private static ImageScore score(long id, double logLikelihood, double error, float mean) {
    return new ImageScore(
        new ImageScore.Image(id, -1, ImageName.NONE),
        new ImageScore.LogLikelihood(
            logLikelihood,
            error,
            new ImageScore.Diagnosis(
                100 + id,
                id / 10.0,
                id < 6,
                List.of(new CurvePoint(1, logLikelihood - 3), new CurvePoint(5, logLikelihood)))),
        new ImageScore.ElboParts(logLikelihood - 3, logLikelihood + 7, 5 + id),
        new ImageScore.PosteriorMoments(new float[] {mean, mean / 100}, new float[] {1, 1}));
  }

  private static EvaluationSummary summary(List<List<ImageScore>> parts) {
    return EvaluationSummary.of(
        parts.stream().map(part -> SummaryPart.of(part.iterator())).toList(), 0.5);
  }

  private static EvaluationSummary three() {
    return summary(
        List.of(
            List.of(score(1, -80, 0.3, -1), score(2, -90, 0.4, 0)),
            List.of(score(3, -100, 1.2, 1))));
  }

  @Test
  void meansAreOverTheImagesWhateverTheirPart() {
    EvaluationSummary summary = three();

    assertThat(summary.images()).isEqualTo(3);
    assertThat(summary.nll().mean()).isCloseTo(90, ROUNDING);
    assertThat(summary.elbo().value()).isCloseTo(-93, ROUNDING);
    assertThat(summary.elbo().reconstruction()).isCloseTo(-83, ROUNDING);
    assertThat(summary.elbo().kl()).isCloseTo(7, ROUNDING);
    assertThat(summary.diagnosis().effectiveSamples().mean()).isCloseTo(102, ROUNDING);
    assertThat(summary.diagnosis().effectiveSamples().least()).isEqualTo(101);
    assertThat(summary.diagnosis().curve()).extracting(CurvePoint::samples).containsExactly(1, 5);
    assertThat(summary.diagnosis().curve().get(0).bound()).isCloseTo(-93, ROUNDING);
    assertThat(summary.diagnosis().curve().get(1).bound()).isCloseTo(-90, ROUNDING);
    assertThat(summary.nll().bitsPerDimension()).isCloseTo(45, ROUNDING);
  }

  @Test
  void theStandardErrorIsSplitBetweenImagesAndSampling() {
    EvaluationSummary summary = three();
    double sampling = Math.sqrt(0.09 + 0.16 + 1.44) / 3;
    double total = Math.sqrt(100.0 / 3);

    assertThat(summary.nll().errorFromSampling()).isCloseTo(sampling, ROUNDING);
    assertThat(summary.nll().standardError()).isCloseTo(total, ROUNDING);
    assertThat(summary.nll().errorOfBound()).isCloseTo(total, ROUNDING);
    assertThat(summary.nll().errorFromImages())
        .isCloseTo(Math.sqrt(total * total - sampling * sampling), ROUNDING);
  }

  @Test
  void withAnImageThatIsNotReliableNoErrorIsKnown() {
    // Images from 6 on are not.
    EvaluationSummary summary =
        summary(List.of(List.of(score(4, -80, 0.3, 0)), List.of(score(7, -90, 0.3, 0))));

    assertThat(summary.diagnosis().tails().reliable()).isEqualTo(1);
    assertThat(summary.diagnosis().tails().meanK()).isCloseTo(0.55, ROUNDING);
    assertThat(summary.diagnosis().tails().largestK()).isEqualTo(0.7);
    assertThat(summary.nll().mean()).isCloseTo(85, ROUNDING);
    assertThat(summary.nll().bitsPerDimension()).isCloseTo(42.5, ROUNDING);
    assertThat(summary.nll().standardError()).isNaN();
    assertThat(summary.nll().errorFromImages()).isNaN();
    assertThat(summary.nll().errorFromSampling()).isNaN();
    assertThat(summary.nll().errorOfBound()).isCloseTo(5, ROUNDING);
  }

  @Test
  void chainsHaveAnErrorWhereAllAreReliable() {
    EvaluationSummary summary =
        summary(List.of(List.of(ofChains(1, -80, 13)), List.of(ofChains(2, -82, 15))));

    assertThat(summary.diagnosis().effectiveSamples().mean()).isCloseTo(14, ROUNDING);
    assertThat(summary.diagnosis().tails())
        .isEqualTo(new EvaluationSummary.Tails(2, Double.NaN, Double.NaN));
    assertThat(summary.diagnosis().curve()).isEmpty();
    assertThat(summary.images()).isEqualTo(2);
    assertThat(summary.nll().standardError()).isCloseTo(1, ROUNDING);
    assertThat(summary.nll().errorFromSampling()).isCloseTo(Math.sqrt(0.18) / 2, ROUNDING);
    assertThat(summary.latent().meanVariances()).hasSize(2);
  }

  @Test
  void withChainsThatAreNotReliableNoErrorIsKnown() {
    EvaluationSummary summary =
        summary(List.of(List.of(ofChains(1, -80, 13)), List.of(ofChains(2, -82, 3))));

    assertThat(summary.diagnosis().tails().reliable()).isEqualTo(1);
    assertThat(summary.diagnosis().effectiveSamples().least()).isEqualTo(3);
    assertThat(summary.nll().mean()).isCloseTo(81, ROUNDING);
    assertThat(summary.nll().standardError()).isNaN();
    assertThat(summary.nll().errorFromSampling()).isNaN();
  }

  private static ImageScore ofChains(long id, double logLikelihood, double effective) {
    ImageScore score = score(id, logLikelihood, 0.3, 0);
    return new ImageScore(
        score.image(),
        new ImageScore.LogLikelihood(
            logLikelihood,
            0.3,
            new ImageScore.Diagnosis(effective, Double.NaN, effective > 12, List.of())),
        score.elbo(),
        score.posterior());
  }

  @Test
  void unitsAreActiveWhoseMeansVary() {
    EvaluationSummary summary = three();

    assertThat(summary.latent().meanVariances().get(0)).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(summary.latent().meanVariances().get(1)).isCloseTo(2 / 3.0 * 1e-4, within(1e-9));
    assertThat(summary.latent().active()).isEqualTo(1);
    assertThat(summary.above()).isEmpty();
  }

  @Test
  void eachLayerHasItsActiveUnits() {
    EvaluationSummary summary =
        summary(List.of(List.of(layered(1, -1), layered(2, 0)), List.of(layered(3, 1))));

    assertThat(summary.latent()).isEqualTo(three().latent());
    assertThat(summary.above())
        .extracting(EvaluationSummary.LatentUnits::active)
        .containsExactly(2, 0);
    assertThat(summary.above().get(0).meanVariances()).hasSize(3);
    assertThat(summary.above().get(0).meanVariances().get(1)).isCloseTo(8 / 3.0, ROUNDING);
    assertThat(summary.above().get(1).meanVariances()).containsExactly(0.0);
  }

  private static ImageScore layered(long id, float mean) {
    ImageScore score = score(id, -80, 0.3, mean);
    return new ImageScore(
        score.image(),
        score.logLikelihood(),
        score.elbo(),
        new ImageScore.PosteriorMoments(
            score.posterior().mean(),
            score.posterior().standardDeviation(),
            List.of(new float[] {mean, 2 * mean, 5}, new float[] {7})));
  }

  @Test
  void theLowestImagesAreRememberedLowestFirst() {
    List<List<ImageScore>> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      List<ImageScore> scores = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int id = part * 20 + i;
        scores.add(score(id, -(id * 7 % 59), 0.1, 0));
      }
      parts.add(scores);
    }

    List<Outlier> outliers = summary(parts).outliers();

    assertThat(outliers)
        .extracting(Outlier::logLikelihood)
        .containsExactly(-58.0, -57.0, -56.0, -55.0, -54.0, -53.0, -52.0, -51.0, -50.0, -49.0);
    assertThat(outliers).allMatch(outlier -> outlier.id() * 7 % 59 == -outlier.logLikelihood());
  }

  @Test
  void aBrokenImageIsNamed() {
    assertThatThrownBy(
            () ->
                summary(
                    List.of(
                        List.of(score(4, -1, 0, 0)),
                        List.of(score(7, Double.NaN, 0, 0), score(8, -2, 0, 0)),
                        List.of(score(9, Double.NEGATIVE_INFINITY, 0, 0)))))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("log p(x) cannot be estimated for image 7:")
        .hasMessageContaining("nor for image [9]")
        .hasMessageNotContaining("\n");
  }

  @Test
  void oneSampleGivesNoSamplingError() {
    EvaluationSummary summary =
        summary(List.of(List.of(score(1, -80, Double.NaN, 0), score(2, -82, Double.NaN, 0))));

    assertThat(summary.nll().standardError()).isCloseTo(1, ROUNDING);
    assertThat(summary.nll().errorFromSampling()).isNaN();
    assertThat(summary.nll().errorFromImages()).isNaN();
  }
}
