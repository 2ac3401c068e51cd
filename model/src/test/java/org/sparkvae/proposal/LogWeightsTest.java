package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.codec.Codec;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Layered;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

class LogWeightsTest {
  private static final int BLOCK = 6;
  private static final long KEY = Noise.key(5, Noise.Purpose.EVALUATION, 0, 17);

  /** Weights of samples of the encoder's posteriors. */
  private record Scorer(Encoding encoding, LogWeights weights) {
    Scorer(ImageModel model, INDArray parameters) {
      this(new Encoding(model, parameters), new LogWeights(model, parameters, BLOCK, new Normal()));
    }

    void image(float[] image) {
      weights.image(image, encoding.propose(image, 0));
    }
  }

  static Stream<ImageModel> specs() {
    return ModelCases.specs().stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void equalTheTermsOfTheObjectiveOnTheSameNoise(ImageModel spec) {
    INDArray parameters = ModelCases.parameters(spec, DataType.DOUBLE, 2);
    int batch = 1;
    Bound bound = new Elbo(BLOCK, Elbo.Kl.MONTE_CARLO);
    Objective objective =
        new Objective(spec, new ObjectiveSpec(bound, 1, 0), batch, parameters, null);
    ModelCases.fill(objective, spec, BLOCK, 3);
    objective.noise().draw(KEY, 0, 0, BLOCK);
    Measures value = objective.value(StepSettings.NONE);

    Scorer scorer = new Scorer(spec, parameters);
    scorer.image(objective.images());
    double[] logWeight = new double[BLOCK];
    double[] logLikelihood = new double[BLOCK];
    scorer.weights().sample(KEY, 0, BLOCK, logWeight, logLikelihood);

    assertThat(Arrays.stream(logWeight).sum() / BLOCK)
        .isCloseTo(value.sum(Objective.BOUND), within(1e-5));
    assertThat(Arrays.stream(logLikelihood).sum() / BLOCK)
        .isCloseTo(value.sum(Objective.RECONSTRUCTION), within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aSampleDoesNotDependOnTheCallThatDrewIt(ImageModel spec) {
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 2);
    Scorer scorer = new Scorer(spec, parameters);
    float[] image = image();
    scorer.image(image);
    double[] whole = new double[BLOCK];
    double[] ignored = new double[BLOCK];
    scorer.weights().sample(KEY, 10, BLOCK, whole, ignored);
    double[] tail = new double[2];
    scorer.image(new float[ModelCases.PIXELS]);
    scorer.weights().sample(KEY, 3, 1, new double[1], new double[1]);
    scorer.image(image);
    scorer.weights().sample(KEY, 12, 2, tail, ignored);
    assertThat(Arrays.copyOf(whole, 2)).isNotEqualTo(tail);
    assertThat(tail[0]).isCloseTo(whole[2], within(1e-4));
    assertThat(tail[1]).isCloseTo(whole[3], within(1e-4));
  }

  @Test
  void aBlockCannotBeOverfull() {
    ImageModel spec = ModelCases.specs().get(0);
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 2);
    Scorer scorer = new Scorer(spec, parameters);
    assertThatThrownBy(
            () ->
                scorer
                    .weights()
                    .sample(KEY, 0, BLOCK + 1, new double[BLOCK + 1], new double[BLOCK + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 samples for a block of 6");
  }

  @Test
  void posteriorIsThatOfTheCodec() {
    ImageModel spec = ModelCases.specs().get(0);
    INDArray parameters = ModelCases.parameters(spec, DataType.FLOAT, 2);
    Scorer scorer = new Scorer(spec, parameters);
    scorer.image(image());
    float[] mean = new Codec(spec, parameters).encode(new float[][] {image()})[0];
    assertThat(scorer.weights().posteriorMeans().get(0)).containsExactly(mean, within(1e-6f));
    double kl = 0;
    float[] deviation = scorer.weights().posteriorStandardDeviation().orElseThrow();
    for (int d = 0; d < ModelCases.LATENT; d++) {
      double variance = (double) deviation[d] * deviation[d];
      kl += 0.5 * (variance + (double) mean[d] * mean[d] - 1 - Math.log(variance));
    }
    assertThat(scorer.weights().kl().orElseThrow()).isCloseTo(kl, within(1e-5));
  }

  /** The upper posterior's means follow from draws of the lower variable. */
  @Test
  void meansOfDrawsAreThoseOfTheLastBlockAlone() {
    ImageModel spec =
        ModelCases.specs().stream()
            .filter(model -> model.model() instanceof Layered)
            .findFirst()
            .orElseThrow();
    Scorer scorer = new Scorer(spec, ModelCases.parameters(spec, DataType.FLOAT, 2));
    scorer.image(image());
    float[] first = upperMeans(scorer, 0, 1);
    float[] second = upperMeans(scorer, 1, 1);
    float[] both = upperMeans(scorer, 0, 2);
    assertThat(first).isNotEqualTo(second);
    for (int d = 0; d < both.length; d++) {
      assertThat(both[d]).isCloseTo((first[d] + second[d]) / 2, within(1e-5f));
    }
  }

  private static float[] upperMeans(Scorer scorer, int from, int count) {
    scorer.weights().sample(KEY, from, count, new double[count], new double[count]);
    return scorer.weights().posteriorMeans().get(1);
  }

  private static float[] image() {
    return new float[] {0, 1, 1, 0, 1, 0, 0};
  }
}
