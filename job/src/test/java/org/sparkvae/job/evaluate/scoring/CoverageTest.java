package org.sparkvae.job.evaluate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.job.data.images.ImageName;

/**
 * How often log p(x) lies within the stated errors of its estimate, on linear Gaussian models: the
 * posterior is a Gaussian, in units of which the encoder's has a mean and a variance of its own,
 * and log w - log p(x) = log N(z; 0, 1) - log q(z).
 */
class CoverageTest {
  private static final int IMAGES = 300;
  private static final int BLOCK = 500;

  /**
   * An encoder.
   *
   * @param latent dimensions
   * @param shift of the mean in each of them, in posterior standard deviations
   * @param variance in posterior variances: where it is small, the weights' tail is heavy
   */
  private record Encoder(int latent, double shift, double variance) {
    double logWeight(SplittableRandom random) {
      double deviation = Math.sqrt(variance);
      double logWeight = latent * Math.log(deviation);
      for (int d = 0; d < latent; d++) {
        double noise = random.nextGaussian();
        double z = shift + deviation * noise;
        logWeight += 0.5 * (noise * noise - z * z);
      }
      return logWeight;
    }
  }

  private static final List<Encoder> FROM_LIGHT_TO_HEAVY =
      List.of(
          new Encoder(10, 0, 1.4),
          new Encoder(20, 0.1, 1.2),
          new Encoder(2, 0, 0.9),
          new Encoder(4, 0.5, 1),
          new Encoder(20, 0, 0.8),
          new Encoder(2, 0, 0.6),
          new Encoder(5, 0, 0.6),
          new Encoder(10, 0, 0.6),
          new Encoder(4, 0.8, 1),
          new Encoder(2, 0, 0.45),
          new Encoder(5, 0, 0.5));

  private static final List<ImageScore.LogLikelihood> SCORES = new ArrayList<>();

  @BeforeAll
  static void score() {
    FROM_LIGHT_TO_HEAVY.forEach(encoder -> SCORES.addAll(scores(encoder, 5000)));
  }

  /** Of images whose log p(x) is 0. */
  private static List<ImageScore.LogLikelihood> scores(Encoder encoder, int samples) {
    SplittableRandom random =
        new SplittableRandom(Objects.hash(encoder.latent, encoder.shift, encoder.variance));
    List<ImageScore.LogLikelihood> scores = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      double[] logWeights = new double[samples];
      Arrays.setAll(logWeights, i -> encoder.logWeight(random));
      scores.add(score(logWeights));
    }
    return scores;
  }

  private static ImageScore.LogLikelihood score(double[] logWeights) {
    int samples = logWeights.length;
    TailSelection tail = new TailSelection(samples, true);
    tail.add(logWeights, samples);
    List<LogWeightSum> blocks = new ArrayList<>();
    for (int from = 0; from < samples; from += BLOCK) {
      double[] block = Arrays.copyOfRange(logWeights, from, Math.min(samples, from + BLOCK));
      blocks.add(LogWeightSum.of(samples, from, block.length, block, block));
    }
    var none = new ImageScore.PosteriorMoments(new float[0], new float[0]);
    PartialScore part = new PartialScore(1, -1, ImageName.NONE, blocks, tail.tail(), 0, none);
    return PartialScore.join(new ArrayList<>(List.of(part)), samples).logLikelihood();
  }

  private static double percentReliable(List<ImageScore.LogLikelihood> scores) {
    return 100.0 * reliable(scores).size() / scores.size();
  }

  private static List<ImageScore.LogLikelihood> reliable(List<ImageScore.LogLikelihood> scores) {
    return scores.stream().filter(score -> score.diagnosis().reliable()).toList();
  }

  private static double percentWithin(double errors, List<ImageScore.LogLikelihood> scores) {
    long within =
        scores.stream()
            .filter(score -> Math.abs(score.estimate()) <= errors * score.standardError())
            .count();
    return 100.0 * within / scores.size();
  }

  @Test
  void statedErrorsOfReliableImagesHoldAsOftenAsThoseOfANormalDistribution() {
    List<ImageScore.LogLikelihood> reliable = reliable(SCORES);

    assertThat(percentReliable(SCORES)).isBetween(85.0, 99.0);
    assertThat(percentWithin(1, reliable)).isBetween(60.0, 76.0);
    assertThat(percentWithin(2, reliable)).isBetween(93.0, 98.0);
  }

  /** Where the tail is so heavy that the drawn weights alone tell too little. */
  @Test
  void theDeltaMethodWouldStateTooLittle() {
    List<ImageScore.LogLikelihood> heavy = reliable(scores(new Encoder(10, 0, 0.55), 5000));
    List<ImageScore.LogLikelihood> byDelta =
        heavy.stream()
            .map(
                score ->
                    new ImageScore.LogLikelihood(
                        score.estimate(), delta(score.diagnosis(), 5000), score.diagnosis()))
            .toList();

    assertThat(percentWithin(2, byDelta)).isLessThan(percentWithin(2, heavy) - 3);
    assertThat(percentWithin(2, heavy)).isBetween(88.0, 98.0);
  }

  private static double delta(ImageScore.Diagnosis diagnosis, int samples) {
    return Math.sqrt((samples / diagnosis.effectiveSamples() - 1) / (samples - 1));
  }

  @ParameterizedTest
  @CsvSource({"500", "1000", "20000"})
  void theyHoldForFewSamplesAndForMany(int samples) {
    List<ImageScore.LogLikelihood> scores = new ArrayList<>();
    for (Encoder encoder :
        List.of(new Encoder(2, 0, 0.9), new Encoder(4, 0.4, 1), new Encoder(2, 0, 0.6))) {
      scores.addAll(scores(encoder, samples));
    }

    assertThat(percentReliable(scores)).isGreaterThan(85);
    assertThat(percentWithin(1, reliable(scores))).isBetween(60.0, 76.0);
    assertThat(percentWithin(2, reliable(scores))).isBetween(93.0, 98.0);
  }
}
