package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.settings.EvaluationSettings;

class EvaluatorLinearGaussianTest {
  private static final int IMAGES = 200;
  private static final int SAMPLES = 1010;
  private static final ImageBlock BLOCK = LinearGaussian.images(IMAGES);

  private static final double SHIFT = 0.5;
  private static final double SCALE = 1.5;

  private static SparkSession session;
  private static EvaluationSummary exactSummary;
  private static List<ImageScore> exact;
  private static EvaluationSummary summary;
  private static List<ImageScore> scores;
  private static EvaluationSummary narrowSummary;
  private static List<ImageScore> narrow;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    Evaluation ofExact = evaluate(0, 1);
    exactSummary = ofExact.summary();
    exact = ofExact.scores().collect();
    Evaluation ofShifted = evaluate(SHIFT, SCALE);
    summary = ofShifted.summary();
    scores = ofShifted.scores().collect();
    Evaluation ofNarrow = evaluate(0, 0.02);
    narrowSummary = ofNarrow.summary();
    narrow = ofNarrow.scores().collect();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static Evaluation evaluate(double shift, double scale) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ImageSet test =
        new ImageSet(
            new ImageShape(LinearGaussian.PIXELS, 1, 1),
            IMAGES,
            1,
            spark.parallelize(List.of(BLOCK), 1),
            Map.of());
    return new Evaluator(
            spark,
            new EvaluationSettings(SAMPLES, 404, 0),
            new Binariser.Intensity(),
            11,
            (done, images) -> {})
        .evaluate(test, LinearGaussian.SPEC, LinearGaussian.parameters(shift, scale));
  }

  private static double truth(ImageScore score) {
    return LinearGaussian.logDensity(BLOCK, (int) score.id());
  }

  @Test
  void withTheExactPosteriorEveryWeightIsTheDensity() {
    for (ImageScore score : exact) {
      assertThat(score.logLikelihood().estimate()).isCloseTo(truth(score), within(2e-4));
      assertThat(score.logLikelihood().standardError()).isLessThan(1e-5);
      assertThat(score.logLikelihood().diagnosis().effectiveSamples())
          .isCloseTo(SAMPLES, within(1e-3));
      assertThat(score.logLikelihood().diagnosis().curve())
          .allSatisfy(point -> assertThat(point.bound()).isCloseTo(truth(score), within(2e-4)));
    }
  }

  @Test
  void theEstimateCoversTheDensityAtTheStatedRate() {
    double[] errors =
        scores.stream()
            .mapToDouble(
                score ->
                    (score.logLikelihood().estimate() - truth(score))
                        / score.logLikelihood().standardError())
            .toArray();

    // 190 of 200 are expected within 1.96 standard errors, with a standard deviation of 3.1.
    assertThat(IntStream.range(0, IMAGES).filter(i -> Math.abs(errors[i]) <= 1.96).count())
        .isBetween(180L, 199L);
    // The mean square of 200 standard normals has a standard deviation of 0.1.
    assertThat(IntStream.range(0, IMAGES).mapToDouble(i -> errors[i] * errors[i]).average())
        .hasValueCloseTo(1.0, within(0.4));
  }

  @Test
  void withTheExactPosteriorEveryImageIsReliableAndNoTailIsFitted() {
    assertThat(exact)
        .extracting(score -> score.logLikelihood().diagnosis())
        .allMatch(of -> Double.isNaN(of.paretoK()) && of.reliable());
    assertThat(exactSummary.diagnosis().tails())
        .isEqualTo(new EvaluationSummary.Tails(IMAGES, Double.NaN, Double.NaN));
    assertThat(exactSummary.nll().standardError()).isPositive();
  }

  /** Below half the posterior's variance the weights' variance is infinite: k is 0.98. */
  @Test
  void aPosteriorThatIsTooNarrowIsNotReliable() {
    long reliable =
        narrow.stream().filter(score -> score.logLikelihood().diagnosis().reliable()).count();
    double tooLow =
        narrow.stream()
            .mapToDouble(score -> truth(score) - score.logLikelihood().estimate())
            .average()
            .orElseThrow();

    assertThat(tooLow).isGreaterThan(0.5);
    assertThat(reliable).isLessThan(IMAGES / 4);
    EvaluationSummary.Tails tails = narrowSummary.diagnosis().tails();
    assertThat(tails.reliable()).isEqualTo(reliable);
    assertThat(tails.meanK()).isBetween(0.7, 1.1);
    assertThat(tails.largestK())
        .isEqualTo(
            narrow.stream()
                .mapToDouble(score -> score.logLikelihood().diagnosis().paretoK())
                .max()
                .orElseThrow());
    assertThat(narrowSummary.nll().mean()).isFinite();
    assertThat(narrowSummary.nll().standardError()).isNaN();
    assertThat(narrowSummary.nll().errorFromImages()).isNaN();
    assertThat(narrowSummary.nll().errorFromSampling()).isNaN();
  }

  @Test
  void aWiderPosteriorIsReliable() {
    assertThat(scores)
        .extracting(score -> score.logLikelihood().diagnosis())
        .allMatch(of -> of.paretoK() < 0.6 && of.reliable());
  }

  @Test
  void theBoundRisesTowardsTheDensityFromTheElbo() {
    double truth =
        scores.stream().mapToDouble(EvaluatorLinearGaussianTest::truth).average().orElseThrow();
    List<CurvePoint> curve = summary.diagnosis().curve();
    double error = summary.nll().errorFromSampling();

    assertThat(curve).extracting(CurvePoint::samples).containsExactly(1, 10, 100, 1000, SAMPLES);
    assertThat(curve.get(0).bound()).isLessThan(curve.get(1).bound());
    assertThat(curve.get(1).bound()).isLessThan(curve.get(2).bound());
    assertThat(curve.get(2).bound()).isLessThan(truth + 4 * error);
    assertThat(-summary.nll().mean()).isCloseTo(truth, within(4 * error));
    assertThat(error).isLessThan(0.005);
    assertThat(summary.elbo().value())
        .isCloseTo(truth - LinearGaussian.gap(SHIFT, SCALE), within(0.01));
  }

  @Test
  void theClosedFormsAreThoseOfThePosterior() {
    for (ImageScore score : exact) {
      double kl = 0;
      for (int d = 0; d < LinearGaussian.LATENT; d++) {
        double mean = score.posterior().mean()[d];
        double deviation = score.posterior().standardDeviation()[d];
        kl += 0.5 * (mean * mean + deviation * deviation - 1) - Math.log(deviation);
      }
      assertThat(score.elbo().kl()).isCloseTo(kl, within(1e-5));
    }
  }

  @Test
  void intensitiesHaveNoBitsPerDimension() {
    assertThat(exactSummary.nll().bitsPerDimension()).isNaN();
  }
}
