package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.evaluation.Refined.Covariance.FULL;
import static org.sparkvae.evaluation.Refined.Covariance.OWN;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.evaluation.Tails;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.fixtures.ExactBits;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.settings.EvaluationSettings;

/** Evaluations that draw from posteriors which are refined from those of a poor encoder. */
class RefinedEvaluationTest {
  private static final int IMAGES = 20;
  private static final int SAMPLES = 300;
  private static final int BLOCK = 50;
  private static final ImageBlock IMAGE_BLOCK = LinearGaussian.images(IMAGES);

  private static SparkSession session;
  private static List<ImageScore> whole;

  @BeforeAll
  static void start() {
    begin(2);
    whole = scores(OWN, new Normal(), 1, 1, 1);
  }

  private static void begin(int cores) {
    session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static List<ImageScore> scores(
      Refined.Covariance covariance, Tails tails, int partitions, int groups, int chunks) {
    Proposal refined = new Refined(40, 20, 0.1, covariance, tails);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ImageSet test =
        new ImageSet(
            new ImageShape(LinearGaussian.PIXELS, 1, 1),
            IMAGES,
            partitions,
            spark.parallelize(
                IntStream.range(0, IMAGES).mapToObj(IMAGE_BLOCK::alone).toList(), partitions),
            Map.of());
    return new Evaluator(
            spark,
            new EvaluationSettings(SAMPLES, BLOCK, 0, new Importance(), refined),
            new Binariser.Intensity(),
            11,
            (done, images) -> {})
        .evaluate(
            test,
            LinearGaussian.SPEC,
            LinearGaussian.parameters(2, 4),
            images -> new WorkPlan(images, SAMPLES, BLOCK, groups, chunks))
        .scores()
        .collect();
  }

  @Test
  void theirBoundIsNearlyLogP() {
    for (ImageScore score : whole) {
      double logP = LinearGaussian.logDensity(IMAGE_BLOCK, (int) score.id());
      assertThat(score.elbo().value()).isCloseTo(logP, within(0.1));
      assertThat(score.logLikelihood().estimate()).isCloseTo(logP, within(0.05));
      assertThat(score.logLikelihood().diagnosis().effectiveSamples()).isGreaterThan(0.9 * SAMPLES);
    }
    assertThat(LinearGaussian.gap(2, 4)).isGreaterThan(5);
  }

  @Test
  void elboPartsAndMomentsAreThoseOfTheRefinedPosterior() {
    for (ImageScore score : whole) {
      double kl = 0;
      for (int d = 0; d < LinearGaussian.LATENT; d++) {
        double mean = score.posterior().mean()[d];
        double deviation = score.posterior().standardDeviation()[d];
        kl += 0.5 * (mean * mean + deviation * deviation - 1) - Math.log(deviation);
      }
      assertThat(score.elbo().kl()).isCloseTo(kl, within(1e-5));
      assertThat(score.elbo().reconstruction() - score.elbo().value()).isCloseTo(kl, within(0.5));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 20, 1", "3, 2, 1", "1, 20, 6", "2, 5, 3"})
  void noCutChangesABit(int partitions, int groups, int chunks) {
    assertSameBits(scores(OWN, new Normal(), partitions, groups, chunks));
  }

  @Test
  void noCutChangesABitOfCorrelatedDraws() {
    List<ImageScore> correlated = scores(FULL, new StudentT(30), 1, 1, 1);
    assertThat(scores(FULL, new StudentT(30), 2, 5, 3))
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(correlated);
    for (ImageScore score : correlated) {
      double logP = LinearGaussian.logDensity(IMAGE_BLOCK, (int) score.id());
      assertThat(score.logLikelihood().estimate()).isCloseTo(logP, within(0.05));
      assertThat(score.logLikelihood().diagnosis().reliable()).isTrue();
    }
  }

  @Test
  void theClusterChangesNoBit() {
    session.stop();
    begin(1);
    assertSameBits(scores(OWN, new Normal(), 2, 3, 2));
  }

  private static void assertSameBits(List<ImageScore> scores) {
    assertThat(scores)
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(whole);
  }

  @Test
  void heavierTailsHaveAKlFromSamplesAndNoDeviation() {
    for (ImageScore score : scores(OWN, new StudentT(5), 2, 2, 1)) {
      double logP = LinearGaussian.logDensity(IMAGE_BLOCK, (int) score.id());
      assertThat(score.logLikelihood().estimate()).isCloseTo(logP, within(0.2));
      assertThat(score.elbo().kl())
          .isCloseTo(score.elbo().reconstruction() - score.elbo().value(), within(1e-9));
      assertThat(Optional.ofNullable(score.posterior().standardDeviation())).isEmpty();
    }
  }
}
