package org.sparkvae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.bound.VrMax;
import org.sparkvae.estimator.DoublyReparameterised;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.estimator.StickingTheLanding;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.objective.GradientNoise.Part;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

class GradientNoiseTest {
  private static final int IMAGES = 3;
  private static final int DRAWS = 40;
  private static final Bound BOUND = new Elbo(2, Elbo.Kl.MONTE_CARLO);
  private static final ImageModel MODEL = ModelCases.specs().get(0);

  @Test
  void isTheVarianceAndTheMeanOfTheGradientsOfAPart() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 4);
    INDArray gradient = parameters.like();
    ObjectiveSpec perImage = new ObjectiveSpec(BOUND, 1, 0);
    Objective objective = new Objective(MODEL, perImage, IMAGES, parameters, gradient);
    List<double[]> gradients = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      fill(objective, draw);
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
    assertThat(ObjectiveLimits.estimators(MODEL.model(), BOUND))
        .containsExactly(new Reparameterised(), new StickingTheLanding(), new ScoreFunction());
    assertThat(ObjectiveLimits.estimators(MODEL.model(), new ImportanceWeighted(2)))
        .containsExactly(new Reparameterised(), new DoublyReparameterised());
    assertThat(ObjectiveLimits.estimators(MODEL.model(), new VrMax(2)))
        .containsExactly(new Reparameterised());
  }

  private static GradientNoise measured(Estimator estimator) {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 4);
    GradientNoise noise = new GradientNoise(MODEL, BOUND, estimator, IMAGES, parameters);
    for (int draw = 0; draw < DRAWS; draw++) {
      fill((Objective) noise.player(), draw);
      noise.draw(StepSettings.NONE);
    }
    return noise;
  }

  /** The same images, and noise of a draw. */
  private static void fill(Objective objective, int draw) {
    ModelCases.fill(objective, MODEL, BOUND.samples(), 9);
    for (int image = 0; image < IMAGES; image++) {
      objective.noise().draw(ModelCases.key(100 + draw, image), image);
    }
  }
}
