package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.linear.DrawnImages;
import org.sparkvae.network.Shape;
import org.sparkvae.step.StepSettings;

/** Models that are fitted to images: the VAE that records them has the exact posterior. */
class FittedModelsTest {
  private static final Shape X = new Shape(3, 3, 1);
  private static final int IMAGES = 400;
  private static final byte[] LEVELS = DrawnImages.levels(IMAGES, 6);
  private static final int SAMPLES = 50;

  static Stream<LinearModel> models() {
    return Stream.of(
        new Ppca(1, 1e-6),
        new Ppca(3, 1e-6),
        new Ppca(8, 1e-2),
        new FactorAnalysis(1, 1e-3, 500, 1e-9),
        new FactorAnalysis(3, 1e-4, 500, 1e-9));
  }

  private static Fit.Fitted fitted(Model model) {
    return fitted(model.fit().orElseThrow(), List.of(LEVELS));
  }

  /** Of each part a sum of its own. */
  private static <S extends Serializable> Fit.Fitted fitted(Fit<S> fit, List<byte[]> parts) {
    return fit.fitted(
        X,
        parts.stream()
            .map(part -> fit.sum(X.values(), List.of(part).iterator()))
            .reduce(fit::plus)
            .orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyLogWeightIsTheExactLogLikelihood(LinearModel model) {
    INDArray parameters = Nd4j.createFromArray(fitted(model).parameters());
    ImageModel spec = new ImageModel(X, model);
    ToDoubleFunction<float[]> exact = model.logLikelihood(X, parameters).orElseThrow();
    LogWeights weights = new LogWeights(spec, parameters, SAMPLES, new Normal());
    Encoding encoding = new Encoding(spec, parameters);
    for (int image = 0; image < 20; image++) {
      float[] x = DrawnImages.image(LEVELS, image);
      weights.image(x, encoding.propose(x, 0));
      assertThat(weights.sample(ModelCases.key(1, image), SAMPLES))
          .containsOnly(new double[] {exact.applyAsDouble(x)}, within(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theElboOfTheImagesIsTheirLogLikelihood(LinearModel model) {
    Fit.Fitted fitted = fitted(model);
    Objective objective = objective(model, fitted, Elbo.Kl.MONTE_CARLO);

    double elbo = objective.value(StepSettings.NONE).mean(Objective.BOUND);

    assertThat(elbo).isCloseTo(fitted.logLikelihood(), within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theKlOfTheFitIsThatOfTheImages(LinearModel model) {
    Fit.Fitted fitted = fitted(model);
    Objective objective = objective(model, fitted, Elbo.Kl.ANALYTIC);
    assertThat(objective.value(StepSettings.NONE).mean(Objective.KL))
        .isCloseTo(fitted.kl(), within(1e-4));
  }

  /** Of all images, with their noise. */
  private static Objective objective(LinearModel model, Fit.Fitted fitted, Elbo.Kl kl) {
    Objective objective =
        new Objective(
            new ImageModel(X, model),
            new ObjectiveSpec(new Elbo(1, kl), IMAGES, 0),
            IMAGES,
            Nd4j.createFromArray(fitted.parameters()),
            null);
    for (int image = 0; image < IMAGES; image++) {
      float[] x = DrawnImages.image(LEVELS, image);
      System.arraycopy(x, 0, objective.images(), image * X.values(), X.values());
      objective.noise().draw(ModelCases.key(2, image), image);
    }
    return objective;
  }

  @ParameterizedTest
  @MethodSource("models")
  void howTheImagesAreDividedDoesNotMatter(LinearModel model) {
    int cut = 37 * X.values();
    List<byte[]> parts =
        List.of(
            Arrays.copyOfRange(LEVELS, cut, LEVELS.length),
            new byte[0],
            Arrays.copyOfRange(LEVELS, 0, cut));
    assertThat(fitted(model.fit().orElseThrow(), parts).parameters())
        .isEqualTo(fitted(model).parameters());
  }

  /** A posterior's dimensions must be fewer than values, or nothing is left to the noise. */
  @Test
  void asManyDimensionsAsValuesAreRefused() {
    Fit<?> fit = new Ppca(9, 1e-6).fit().orElseThrow();
    assertThat(fit.contradiction(new Shape(1, 10, 1))).isEmpty();
    assertThat(fit.contradiction(X))
        .contains(
            new Contradiction(
                "latent",
                "is 9, but images have 9 values, of which some must be left to the noise; set it to"
                    + " at most 8"));
  }

  @Test
  void emEndsWhereAnIterationBringsLittleOrTheyAreAtAnEnd() {
    assertThat(fitted(new FactorAnalysis(2, 1e-3, 3, 0)).course())
        .startsWith("by EM in 3 iterations, of which the last brought ");
    Fit.Fitted early = fitted(new FactorAnalysis(2, 1e-3, 500, 10));
    Fit.Fitted late = fitted(new FactorAnalysis(2, 1e-3, 500, 1e-6));
    assertThat(early.course()).contains("in 1 iterations");
    assertThat(early.logLikelihood()).isLessThan(late.logLikelihood());
  }

  @Test
  void imagesThatAreAllTheSameHaveTheLeastVariance() {
    byte[] same = new byte[5 * X.values()];
    Arrays.fill(same, (byte) 9);
    for (Model model : List.of(new Ppca(2, 1e-3), new FactorAnalysis(2, 1e-3, 5, 0))) {
      Fit.Fitted fitted = fitted(model.fit().orElseThrow(), List.of(same));
      double perValue = -0.5 * (Math.log(2 * Math.PI) + Math.log(1.01e-3));
      assertThat(fitted.logLikelihood()).isCloseTo(X.values() * perValue, within(1e-3));
    }
  }

  @Test
  void aTrainedModelHasNoFit() {
    Model vae = ModelCases.specs().get(0).model();
    assertThat(vae.fit()).isEmpty();
    assertThat(vae.logLikelihood(X, Nd4j.zeros(1))).isEmpty();
  }
}
