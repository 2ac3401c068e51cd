package org.sparkvae.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.fixtures.LinearGaussians;
import org.sparkvae.fixtures.LinearGaussians.Normals;
import org.sparkvae.fixtures.LinearGaussians.Values;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.fixtures.Overflowing;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * On a linear Gaussian model, what is missing given what was observed is a Gaussian in closed form.
 */
class ImputationTest {
  private static final float[] X = {0.62f, 0.41f, 0.55f, 0.47f};
  private static final boolean[] MISSING = {false, true, true, false};
  private static final int[] OBSERVED = {0, 3};
  private static final int[] UNKNOWN = {1, 2};
  private static final double NOISE = 0.004;

  /** At right angles, so that the posterior's dimensions are independent. */
  private static final double[][] W = {{0.15, 0.1, -0.1, 0.05}, {0.05, -0.1, 0, 0.05}};

  private static final Values EXACT = model(true);
  private static final Values WIDE = model(false);

  /**
   * The model with its own posterior for an encoder, or with one that knows nothing of the image.
   */
  private static Values model(boolean exact) {
    ImageModel model =
        new ImageModel(
            Shape.vector(X.length),
            new Vae(
                W.length,
                LinearGaussians.LINEAR,
                LinearGaussians.LINEAR,
                LinearGaussians.LIKELIHOOD));
    Values values = LinearGaussians.values(model);
    double[] decoder = new double[W.length * X.length];
    double[] encoder = new double[X.length * 2 * W.length];
    double[] bias = new double[2 * W.length];
    for (int k = 0; k < W.length; k++) {
      double precision = 1;
      for (double w : W[k]) {
        precision += w * w / NOISE;
      }
      bias[W.length + k] = exact ? -Math.log(precision) : 0.8;
      for (int d = 0; d < X.length; d++) {
        decoder[k * X.length + d] = W[k][d];
        double slope = exact ? W[k][d] / NOISE / precision : 0;
        encoder[d * 2 * W.length + k] = slope;
        bias[k] -= slope * 0.5;
      }
    }
    values.set("likelihood.weight", decoder);
    values.set("likelihood.bias", 0.5, 0.5, 0.5, 0.5);
    values.set(
        "likelihood.raw-variance", Math.log(Math.expm1(NOISE - LinearGaussians.MIN_VARIANCE)));
    values.set("posterior.weight", encoder);
    values.set("posterior.bias", bias);
    return values;
  }

  /** The missing values given the observed ones. */
  private static Normals conditional() {
    Normals joint = EXACT.images(Normals.standard(W.length));
    RealMatrix all = joint.covariance();
    RealMatrix across = all.getSubMatrix(UNKNOWN, OBSERVED);
    RealMatrix slope =
        across.multiply(
            new LUDecomposition(all.getSubMatrix(OBSERVED, OBSERVED)).getSolver().getInverse());
    RealVector residual =
        MatrixUtils.createRealVector(
            Arrays.stream(OBSERVED).mapToDouble(d -> X[d] - joint.mean().getEntry(d)).toArray());
    RealVector mean =
        MatrixUtils.createRealVector(
                Arrays.stream(UNKNOWN).mapToDouble(joint.mean()::getEntry).toArray())
            .add(slope.operate(residual));
    return new Normals(
        mean, all.getSubMatrix(UNKNOWN, UNKNOWN).subtract(slope.multiply(across.transpose())));
  }

  private static Imputed impute(Values values, Imputation how) {
    return how.on(values.model(), Nd4j.createFromArray(values.all()).castTo(DataType.FLOAT))
        .of(X, MISSING, 5, 17);
  }

  private static void assertConditional(Imputed imputed) {
    Normals exact = conditional();
    for (int d : OBSERVED) {
      assertThat(imputed.mean()[d]).isEqualTo(X[d]);
    }
    for (int i = 0; i < UNKNOWN.length; i++) {
      assertThat((double) imputed.mean()[UNKNOWN[i]])
          .isCloseTo(exact.mean().getEntry(i), within(0.008));
    }
    RealMatrix found = covariance(imputed.draws(), exact);
    // Four standard deviations of a variance by so many draws that hardly depend on each other.
    double relative = 4 * Math.sqrt(2.0 / imputed.draws().length);
    for (int i = 0; i < UNKNOWN.length; i++) {
      for (int j = 0; j < UNKNOWN.length; j++) {
        double scale =
            Math.sqrt(exact.covariance().getEntry(i, i) * exact.covariance().getEntry(j, j));
        assertThat(found.getEntry(i, j))
            .isCloseTo(exact.covariance().getEntry(i, j), within(relative * scale));
      }
    }
  }

  /** Of draws about the exact mean. */
  private static RealMatrix covariance(float[][] draws, Normals exact) {
    RealMatrix sum = MatrixUtils.createRealMatrix(UNKNOWN.length, UNKNOWN.length);
    for (float[] draw : draws) {
      for (int d : OBSERVED) {
        assertThat(draw[d]).isEqualTo(X[d]);
      }
      RealVector off =
          MatrixUtils.createRealVector(Arrays.stream(UNKNOWN).mapToDouble(d -> draw[d]).toArray())
              .subtract(exact.mean());
      sum = sum.add(off.outerProduct(off));
    }
    return sum.scalarMultiply(1.0 / draws.length);
  }

  @Test
  void weightedSamplesGiveTheConditionalWhateverTheEncoder() {
    for (Values values : List.of(EXACT, WIDE)) {
      Imputed imputed = impute(values, new ImportanceWeighted(20_000, 3, 500));

      assertConditional(imputed);
      Imputed.Weighted weighted = imputed.weighted().orElseThrow();
      Normals joint = EXACT.images(Normals.standard(W.length));
      Normals observed =
          new Normals(
              MatrixUtils.createRealVector(
                  Arrays.stream(OBSERVED).mapToDouble(joint.mean()::getEntry).toArray()),
              joint.covariance().getSubMatrix(OBSERVED, OBSERVED));
      double error = 4 / Math.sqrt(weighted.effectiveSamples());
      assertThat(weighted.logLikelihood())
          .isCloseTo(observed.logDensity(new float[] {X[0], X[3]}), within(error));
      // An encoder that takes the image for whole is surer of the code than the observed values
      // are.
      assertThat(weighted.reliable()).isEqualTo(values == WIDE);
    }
  }

  @Test
  void metropolisWithinGibbsGivesTheConditionalWhateverTheEncoder() {
    Imputed imputed = impute(WIDE, new MetropolisWithinGibbs(2, 60, 100, 500));

    assertConditional(imputed);
    assertThat(imputed.acceptance().orElseThrow()).isBetween(0.05, 0.9);
  }

  @Test
  void ofAnExactEncoderEveryProposalIsAccepted() {
    Imputed imputed = impute(EXACT, new MetropolisWithinGibbs(2, 20, 20, 50));

    assertThat(imputed.acceptance().orElseThrow()).isGreaterThan(0.98);
  }

  @Test
  void pseudoGibbsGivesTheConditionalOfAnExactEncoderOnly() {
    assertConditional(impute(EXACT, new PseudoGibbs(30, 100, 500)));

    float[] biased = impute(WIDE, new PseudoGibbs(30, 100, 500)).mean();
    assertThat(Math.abs(biased[1] - conditional().mean().getEntry(0))).isGreaterThan(0.03);
  }

  @Test
  void whatIsMissingIsNotLookedAt() {
    float[] other = X.clone();
    other[1] = 0.9f;
    other[2] = 0;
    for (Imputation how :
        List.of(
            new ImportanceWeighted(150, 2, 2),
            new PseudoGibbs(2, 3, 2),
            new MetropolisWithinGibbs(2, 1, 3, 2))) {
      Imputer imputer =
          how.on(WIDE.model(), Nd4j.createFromArray(WIDE.all()).castTo(DataType.FLOAT));
      Imputed one = imputer.of(X, MISSING, 5, 17);
      // An image between: buffers are used again.
      Imputed between = imputer.of(X, new boolean[] {true, true, true, true}, 5, 18);
      Imputed two = imputer.of(other, MISSING, 5, 17);

      assertThat(two.mean()).isEqualTo(one.mean());
      assertThat(two.draws()).isDeepEqualTo(one.draws());
      assertThat(between.mean()).isNotEqualTo(one.mean());
      assertThat(imputer.of(X, MISSING, 6, 17).draws()[0]).isNotEqualTo(one.draws()[0]);
    }
  }

  @Test
  void whatIsMissingStartsFromTheMeanOfWhatIsObserved() {
    float[] filled = Missing.filled(X, MISSING);
    float mean = (X[0] + X[3]) / 2;
    assertThat(filled).containsExactly(X[0], mean, mean, X[3]);
    boolean[] all = {true, true, true, true};
    assertThat(Missing.filled(X, all)).containsOnly(0.5f);
  }

  /** Half of the samples have finite weights. */
  @Test
  void anEstimateThatIsNoNumberIsNotReliable() {
    ImageModel model = Overflowing.model(X.length);
    Imputed.Weighted weighted =
        new ImportanceWeighted(500, 0, 1)
            .on(model, Overflowing.parameters(model))
            .of(new float[] {0, 1, 1, 0}, MISSING, 5, 17)
            .weighted()
            .orElseThrow();
    assertThat(weighted.logLikelihood()).isNaN();
    assertThat(weighted.reliable()).isFalse();
  }

  static Stream<ImageModel> models() {
    return ModelCases.every().stream();
  }

  /** Each way is refused by a word, or finds values for whatever is missing. */
  @ParameterizedTest
  @MethodSource("models")
  void everyModelImputesOrSaysWhyNot(ImageModel model) {
    float[] image = {0, 1, 1, 0, 1, 0, 0};
    boolean[] missing = {true, false, true, true, false, false, false};
    int possible = 0;
    for (Imputation how :
        List.of(
            new PseudoGibbs(1, 2, 2),
            new ImportanceWeighted(30, 1, 2),
            new MetropolisWithinGibbs(1, 1, 2, 2))) {
      if (how.contradiction(model.model()).isPresent()) {
        String other = how instanceof PseudoGibbs ? "importance-weighted" : "pseudo-gibbs";
        assertThat(how.contradiction(model.model()).get().says()).contains("choose " + other);
        continue;
      }
      possible++;
      Imputed imputed =
          how.on(model, ModelCases.parameters(model, DataType.FLOAT, 7)).of(image, missing, 3, 4);
      IntStream.range(0, image.length)
          .forEach(
              d -> {
                assertThat(imputed.mean()[d]).isBetween(0f, 1f);
                if (!missing[d]) {
                  assertThat(imputed.mean()[d]).isEqualTo(image[d]);
                }
              });
    }
    assertThat(possible).isPositive();
    assertThat(new PseudoGibbs(1, 2, 2).contradiction(model.model()).isEmpty())
        .isEqualTo(model.model().hasEncoder());
  }
}
