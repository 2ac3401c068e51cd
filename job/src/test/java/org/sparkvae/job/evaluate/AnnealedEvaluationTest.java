package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.fixtures.ExactBits;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.posterior.LogVariances;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Ladder;
import org.sparkvae.vae.Rung;

/** Annealed chains on Spark, on a model whose log p(x) is known. */
class AnnealedEvaluationTest {
  private static final int IMAGES = 23;
  private static final int CHAINS = 20;
  private static final int BLOCK = 8;
  private static final ImageBlock IMAGES_ALONE = LinearGaussian.images(IMAGES);
  private static final Annealed HOW = new Annealed(Annealed.Start.ENCODER, CHAINS, 30, 2, 10);

  private SparkSession session;
  private JavaSparkContext spark;

  @BeforeEach
  void start() {
    start("local[2]");
  }

  private void start(String master) {
    session = SparkSession.builder().master(master).config("spark.ui.enabled", false).getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterEach
  void stop() {
    session.stop();
  }

  private Evaluator evaluator() {
    return evaluator(HOW);
  }

  private Evaluator evaluator(Annealed how) {
    EvaluationSettings settings =
        new EvaluationSettings(500, BLOCK, 0, how, new Encoder(new Normal()));
    return new Evaluator(spark, settings, new Binariser.Intensity(), 11, (done, images) -> {});
  }

  private ImageSet set(int partitions) {
    return new ImageSet(
        new ImageShape(LinearGaussian.PIXELS, 1, 1),
        IMAGES,
        partitions,
        spark.parallelize(
            List.of(part(0, 9), part(9, 10), part(10, 20), part(20, IMAGES)), partitions),
        Map.of());
  }

  private static ImageBlock part(int from, int to) {
    long[] ids = new long[to - from];
    int[] labels = new int[to - from];
    byte[] pixels = new byte[(to - from) * LinearGaussian.PIXELS];
    for (int i = from; i < to; i++) {
      ids[i - from] = IMAGES_ALONE.ids()[i];
      labels[i - from] = IMAGES_ALONE.labels()[i];
    }
    int first = from * LinearGaussian.PIXELS;
    System.arraycopy(IMAGES_ALONE.pixels(), first, pixels, 0, pixels.length);
    return new ImageBlock(ids, labels, pixels);
  }

  private static float[] parameters() {
    return LinearGaussian.parameters(0.5, 1.5);
  }

  private Evaluation evaluate(int partitions, int groups, int chunks) {
    return evaluator()
        .evaluate(
            set(partitions),
            LinearGaussian.SPEC,
            parameters(),
            images -> new WorkPlan(images, CHAINS, BLOCK, groups, chunks));
  }

  @Test
  void theEstimatesAreThoseOfTheModel() {
    Evaluation evaluation = evaluator().evaluate(set(2), LinearGaussian.SPEC, parameters());
    double squares = 0;
    for (ImageScore score : evaluation.scores().collect()) {
      double error = score.logLikelihood().standardError();
      double off =
          score.logLikelihood().estimate()
              - LinearGaussian.logDensity(IMAGES_ALONE, (int) score.id());
      assertThat(error).isBetween(1e-3, 0.3);
      squares += off * off / error / error / IMAGES;
      ImageScore.Diagnosis weights = score.logLikelihood().diagnosis();
      assertThat(weights.effectiveSamples())
          .isCloseTo(CHAINS / (1 + (CHAINS - 1) * error * error), within(1e-6));
      assertThat(weights.paretoK()).isNaN();
      assertThat(weights.reliable()).isTrue();
      assertThat(weights.curve()).isEmpty();
    }
    assertThat(squares).isBetween(0.3, 3.0);
    assertThat(evaluation.summary().diagnosis().tails().reliable()).isEqualTo(IMAGES);
    assertThat(evaluation.summary().elbo().value()).isLessThan(-evaluation.summary().nll().mean());
    assertThat(evaluation.summary().nll().errorFromSampling()).isBetween(1e-4, 0.1);
  }

  /** Two temperatures from the prior are as good as none: the weights of few chains count. */
  @Test
  void whereTheChainsWeightsAreFarApartNoErrorIsKnown() {
    Annealed hot = new Annealed(Annealed.Start.PRIOR, CHAINS, 2, 1, 0);

    Evaluation evaluation = evaluator(hot).evaluate(set(2), LinearGaussian.SPEC, parameters());

    List<ImageScore> scores = evaluation.scores().collect();
    double off =
        scores.stream()
            .mapToDouble(
                score ->
                    score.logLikelihood().estimate()
                        - LinearGaussian.logDensity(IMAGES_ALONE, (int) score.id()))
            .average()
            .orElseThrow();
    assertThat(off).isLessThan(-0.3);
    assertThat(scores)
        .filteredOn(score -> score.logLikelihood().diagnosis().reliable())
        .hasSizeLessThan(IMAGES / 5);
    assertThat(evaluation.summary().nll().standardError()).isNaN();
    assertThat(evaluation.summary().nll().errorFromSampling()).isNaN();
  }

  /** The chains' estimates are above the bound, and the posteriors' means are of all layers. */
  @Test
  void severalLayersAreScoredAsOne() {
    Mlp linear = new Mlp(List.of(), Activation.TANH);
    Rung upper = new Rung.Step(3, linear, linear, new Rung.None());
    ImageModel model =
        new ImageModel(
            LinearGaussian.SPEC.x(),
            new Ladder(
                2,
                linear,
                new LogVariances.Free(),
                new StandardNormal(),
                linear,
                new Gaussian(Gaussian.Variance.SHARED, 1e-4),
                upper,
                new Initialisation.Glorot()));
    float[] parameters = new float[(int) model.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.3 * Math.sin(i));
    }

    List<ImageScore> scores = evaluator().evaluate(set(2), model, parameters).scores().collect();

    assertThat(scores).hasSize(IMAGES);
    for (ImageScore score : scores) {
      assertThat(score.logLikelihood().estimate()).isGreaterThan(score.elbo().value());
      assertThat(score.posterior().means()).hasSize(2 + 3).doesNotContain(Float.NaN);
    }
  }

  @Test
  void neitherTasksNorMachinesChangeABit() {
    List<ImageScore> whole = evaluate(1, 1, 1).scores().collect();
    assertSame(evaluate(3, 5, 1), whole);
    assertSame(evaluate(2, 23, 3), whole);
    assertSame(evaluate(1, 2, 2), whole);
    assertSame(evaluator().evaluate(set(2), LinearGaussian.SPEC, parameters()), whole);
    BidirectionalBounds bounds = bounds();
    stop();

    start("local[1]");
    assertSame(evaluate(2, 4, 2), whole);
    assertThat(bounds()).isEqualTo(bounds);
  }

  private static void assertSame(Evaluation evaluation, List<ImageScore> whole) {
    assertThat(evaluation.scores().collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(whole);
  }

  /** As a job does that was cut off between slices. */
  @Test
  void slicesGiveTheBitsOfOneGo() {
    List<ImageScore> whole = evaluate(1, 1, 1).scores().collect();
    Evaluator evaluator = evaluator();
    ImageIds ids = evaluator.ids(set(2));
    var model = evaluator.share(LinearGaussian.SPEC, parameters());
    Evaluation last = evaluator.score(set(2), model, new Portion(ids.slice(2, 3), 15, IMAGES));
    assertThat(last.scores().collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(whole.subList(15, IMAGES));
  }

  @Test
  void simulatedImagesAreBoundedFromBothSides() {
    BidirectionalBounds bounds = bounds();
    assertThat(bounds.images()).isEqualTo(HOW.simulated());
    assertThat(bounds.gap()).isBetween(-0.02, 0.3);
    assertThat(bounds.gap()).isCloseTo(bounds.upper() - bounds.lower(), within(1e-12));
    assertThat(bounds.gapError()).isBetween(1e-6, 0.2);
  }

  private BidirectionalBounds bounds() {
    return evaluator().bounds(LinearGaussian.SPEC, parameters()).orElseThrow();
  }
}
