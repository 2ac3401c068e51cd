package org.sparkvae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.bound.VrMax;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Nvil;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.RunningAverage;
import org.sparkvae.estimator.Rws;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.estimator.Vimco;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.network.Mlp;
import org.sparkvae.objective.GradientNoise.Part;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.DensityNetwork;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

class GradientNoiseTest {
  private static final int IMAGES = 3;
  private static final int DRAWS = 40;
  private static final Bound BOUND = new Elbo(2, Elbo.Kl.MONTE_CARLO);
  private static final ImageModel MODEL = ModelCases.specs().get(0);

  @Test
  void isOfThePartsThatHaveParameters() {
    ImageModel withoutEncoder =
        ModelCases.specs().stream()
            .filter(of -> of.model() instanceof DensityNetwork)
            .findFirst()
            .orElseThrow();

    assertThat(measured(new Reparameterised()).parts()).containsExactly(Part.values());
    assertThat(
            new GradientNoise(
                    withoutEncoder,
                    new ImportanceWeighted(2),
                    new Reparameterised(),
                    IMAGES,
                    ModelCases.parameters(withoutEncoder, DataType.FLOAT, 4))
                .parts())
        .containsExactly(Part.DECODER);
  }

  @Test
  void isTheVarianceAndTheMeanOfTheGradientsOfAPart() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 4);
    INDArray gradient = parameters.like();
    ObjectiveSpec perImage = new ObjectiveSpec(BOUND, 1, 0);
    Objective objective = new Objective(MODEL, perImage, IMAGES, parameters, gradient);
    List<double[]> gradients = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      fill(objective, MODEL, draw);
      objective.differentiate(StepSettings.NONE);
      gradients.add(gradient.toDoubleVector());
    }
    GradientNoise noise = measured(new Reparameterised());
    for (Part part : Part.values()) {
      double variance = 0;
      double signal = 0;
      for (ParameterLayout.Block block : MODEL.layout().blocks()) {
        boolean first = block.name().matches("(encoder|posterior)\\..*");
        for (int i = 0; i < block.length() && first == (part == Part.ENCODER); i++) {
          int p = (int) block.offset() + i;
          double mean = gradients.stream().mapToDouble(g -> g[p]).average().orElseThrow();
          signal += mean * mean;
          variance +=
              gradients.stream().mapToDouble(g -> Math.pow(g[p] - mean, 2)).sum() / (DRAWS - 1);
        }
      }
      double ratio = Math.sqrt(Math.max(0, signal - variance / DRAWS) / variance);
      assertThat(noise.of(part).variance()).isCloseTo(variance, within(1e-4 * variance));
      assertThat(noise.of(part).signalToNoise()).isCloseTo(ratio, within(1e-3));
    }
  }

  @Test
  void scoresVaryMoreThanDerivativesThroughTheDraw() {
    double through = measured(new Reparameterised()).of(Part.ENCODER).variance();
    double scores = measured(new ScoreFunction()).of(Part.ENCODER).variance();
    assertThat(scores).isGreaterThan(3 * through);
    assertThat(measured(new ScoreFunction()).of(Part.DECODER).variance())
        .isCloseTo(measured(new Reparameterised()).of(Part.DECODER).variance(), within(1e-6));
  }

  @Test
  void theEstimatorsAreThoseThatGoWithABound() {
    assertThat(estimators(BOUND, new Reparameterised()))
        .containsExactly(new Reparameterised(), new StickingTheLanding(), new ScoreFunction());
    assertThat(estimators(new ImportanceWeighted(2), new Reparameterised()))
        .containsExactly(new Reparameterised(), new DoublyReparameterised(), new Vimco());
    assertThat(estimators(new VrMax(2), new Reparameterised()))
        .containsExactly(new Reparameterised());
    Estimator running = new ScoreFunction(new RunningAverage(0.9));
    assertThat(estimators(BOUND, running))
        .containsExactly(new Reparameterised(), new StickingTheLanding(), running);
  }

  /** Bits are trained by what no Gaussian needs. */
  @Test
  void theOwnEstimatorIsAmongThem() {
    ImageModel bits = ModelCases.ofBits().get(0);
    Estimator nvil = new Nvil(new Mlp(List.of(4), Activation.TANH), 0.5);
    assertThat(ObjectiveLimits.estimators(bits.model(), BOUND, nvil))
        .containsExactly(new ScoreFunction(), nvil);
    Bound weighted = new ImportanceWeighted(2);
    assertThat(ObjectiveLimits.estimators(bits.model(), weighted, new Rws()))
        .containsExactly(new Vimco(), new Rws());
    INDArray parameters =
        ModelCases.parameters(bits, new ObjectiveSpec(BOUND, 1, 0, nvil), DataType.FLOAT, 4);
    GradientNoise noise = new GradientNoise(bits, BOUND, nvil, IMAGES, parameters);
    for (int draw = 0; draw < DRAWS; draw++) {
      fill((Objective) noise.player(), bits, draw);
      noise.draw(StepSettings.NONE);
    }
    assertThat(noise.of(Part.ENCODER).variance()).isPositive();
  }

  /** Every parameter is of one part at most, and of the model's own and its prior's of none. */
  @ParameterizedTest
  @MethodSource("org.sparkvae.fixtures.ModelCases#every")
  void everyParameterButThePriorsIsOfOnePart(ImageModel model) {
    for (ParameterLayout.Block block : model.layout().blocks()) {
      long parts = Stream.of(Part.values()).filter(part -> part.holds(block)).count();
      boolean ofNone = block.name().matches("(prior|code|mixture)\\..*");
      assertThat(parts).as(block.name()).isEqualTo(ofNone ? 0 : 1);
    }
  }

  private static List<Estimator> estimators(Bound bound, Estimator own) {
    return ObjectiveLimits.estimators(MODEL.model(), bound, own);
  }

  private static GradientNoise measured(Estimator estimator) {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 4);
    GradientNoise noise = new GradientNoise(MODEL, BOUND, estimator, IMAGES, parameters);
    for (int draw = 0; draw < DRAWS; draw++) {
      fill((Objective) noise.player(), MODEL, draw);
      noise.draw(StepSettings.NONE);
    }
    return noise;
  }

  /** The same images, and noise of a draw. */
  private static void fill(Objective objective, ImageModel model, int draw) {
    ModelCases.fill(objective, model, BOUND.samples(), 9);
    for (int image = 0; image < IMAGES; image++) {
      objective.noise().draw(ModelCases.key(100 + draw, image), image);
    }
  }
}
