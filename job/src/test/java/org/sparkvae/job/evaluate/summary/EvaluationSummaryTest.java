package org.sparkvae.job.evaluate.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.evaluate.scoring.CurvePoint;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.ImageScore;

class EvaluationSummaryTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private static ImageScore score(long id, double logLikelihood, double error, float mean) {
    return new ImageScore(
        id,
        -1,
        ImageName.NONE,
        logLikelihood,
        error,
        100 + id,
        logLikelihood - 3,
        logLikelihood + 7,
        5 + id,
        List.of(new CurvePoint(1, logLikelihood - 3), new CurvePoint(5, logLikelihood)),
        new float[] {mean, mean / 100},
        new float[] {1, 1});
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
    assertThat(summary.samples()).isEqualTo(5);
    assertThat(summary.testNll()).isCloseTo(90, ROUNDING);
    assertThat(summary.elbo()).isCloseTo(-93, ROUNDING);
    assertThat(summary.reconstruction()).isCloseTo(-83, ROUNDING);
    assertThat(summary.kl()).isCloseTo(7, ROUNDING);
    assertThat(summary.meanEffectiveSamples()).isCloseTo(102, ROUNDING);
    assertThat(summary.leastEffectiveSamples()).isEqualTo(101);
    assertThat(summary.curve()).extracting(CurvePoint::samples).containsExactly(1, 5);
    assertThat(summary.curve().get(0).bound()).isCloseTo(-93, ROUNDING);
    assertThat(summary.curve().get(1).bound()).isCloseTo(-90, ROUNDING);
    assertThat(summary.bitsPerDimension()).isCloseTo(45, ROUNDING);
  }

  @Test
  void theStandardErrorIsSplitBetweenImagesAndSampling() {
    EvaluationSummary summary = three();
    double sampling = Math.sqrt(0.09 + 0.16 + 1.44) / 3;
    double total = Math.sqrt(100.0 / 3);

    assertThat(summary.testNllStandardErrorFromSampling()).isCloseTo(sampling, ROUNDING);
    assertThat(summary.testNllStandardError()).isCloseTo(total, ROUNDING);
    assertThat(summary.testNllStandardErrorFromImages())
        .isCloseTo(Math.sqrt(total * total - sampling * sampling), ROUNDING);
  }

  @Test
  void unitsAreActiveWhoseMeansVary() {
    EvaluationSummary summary = three();

    assertThat(summary.posteriorMeanVariances().get(0)).isCloseTo(2 / 3.0, ROUNDING);
    assertThat(summary.posteriorMeanVariances().get(1)).isCloseTo(2 / 3.0 * 1e-4, within(1e-9));
    assertThat(summary.activeUnits()).isEqualTo(1);
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

    assertThat(summary.testNllStandardError()).isCloseTo(1, ROUNDING);
    assertThat(summary.testNllStandardErrorFromSampling()).isNaN();
    assertThat(summary.testNllStandardErrorFromImages()).isNaN();
  }
}
