package org.sparkvae.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.codec.CodeMixture;
import org.sparkvae.codec.Codec;
import org.sparkvae.codec.ImageCode;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Recorder;

/** What an autoencoder is beside what holds for every model. */
class AutoencoderTest {
  private static final ImageModel MODEL = ModelCases.reconstructing().get(0);
  private static final Bound PLAIN = new Elbo(1, Elbo.Kl.ANALYTIC);
  private static final float[][] IMAGES = {{0, 1, 1, 0, 1, 0, 0}, {1, 1, 0, 0, 1, 0, 1}};

  /** The Bernoulli's log-probability of the decoded means, and 0.3 |z|^2. */
  @Test
  void theObjectiveIsTheReconstructionLessThePenalty() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 3);
    Codec codec = new Codec(MODEL, parameters);
    float[][] codes = codec.encode(IMAGES);
    float[][] means = codec.decode(codes);
    double reconstruction = 0;
    double penalty = 0;
    for (int i = 0; i < IMAGES.length; i++) {
      for (int d = 0; d < means[i].length; d++) {
        reconstruction += Math.log(IMAGES[i][d] == 1 ? means[i][d] : 1 - means[i][d]);
      }
      for (float z : codes[i]) {
        penalty += 0.3 * z * z;
      }
    }
    Objective objective =
        new Objective(MODEL, new ObjectiveSpec(PLAIN, 2, 0), IMAGES.length, parameters, null);
    for (int i = 0; i < IMAGES.length; i++) {
      System.arraycopy(IMAGES[i], 0, objective.images(), i * 7, 7);
    }

    Measures value = objective.value(StepSettings.NONE);

    assertThat(value.measures())
        .containsExactly(Objective.WEIGHTED, Objective.RECONSTRUCTION, Objective.PENALTY);
    assertThat(value.sum(Objective.RECONSTRUCTION)).isCloseTo(reconstruction, within(1e-4));
    assertThat(value.sum(Objective.PENALTY)).isCloseTo(penalty, within(1e-4));
    assertThat(value.sum(Objective.WEIGHTED)).isCloseTo(reconstruction - penalty, within(1e-4));
  }

  /** The mixture takes no part in training, and no weight prior moves what is 0. */
  @Test
  void aMixtureOfZerosHasNoGradient() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 3);
    CodeMixture.of(MODEL).orElseThrow().clear(parameters);
    INDArray gradient = parameters.like();
    Objective objective =
        new Objective(MODEL, new ObjectiveSpec(PLAIN, 40, 0.5), 4, parameters, gradient);
    ModelCases.fill(objective, MODEL, 1, 5);
    objective.differentiate(StepSettings.NONE);
    float[] derivatives = gradient.toFloatVector();
    for (ParameterLayout.Block block : MODEL.layout().blocks()) {
      int at = Math.toIntExact(block.offset());
      float[] ofBlock = Arrays.copyOfRange(derivatives, at, at + (int) block.length());
      if (block.name().startsWith("mixture.")) {
        assertThat(ofBlock).containsOnly(0);
      } else {
        assertThat(ofBlock).doesNotContain(0);
      }
    }
  }

  @Test
  void anImageAloneHasTheCodeThatItHasAmongOthers() {
    INDArray parameters = ModelCases.parameters(MODEL, DataType.FLOAT, 3);
    float[][] together = new Codec(MODEL, parameters).encode(IMAGES);
    ImageCode alone = new ImageCode(MODEL, parameters);
    float[] second = alone.of(IMAGES[1]);
    assertThat(alone.of(IMAGES[0])).containsExactly(together[0], within(1e-5f));
    assertThat(alone.of(IMAGES[1])).isEqualTo(second).containsExactly(together[1], within(1e-5f));
  }

  /** It has no prior. */
  @Test
  void codesAreDrawnFromTheMixture() {
    assertThat(MODEL.model().sourceOfCodes())
        .isEqualTo("the mixture of Gaussians that was fitted to the codes");
    assertThat(ModelCases.specs().get(0).model().sourceOfCodes()).isEqualTo("the prior");
  }

  @Test
  void whatIsOfBoundsIsRefused() {
    assertThat(ObjectiveLimits.of(MODEL.model(), PLAIN, new Reparameterised())).isEmpty();
    assertThat(setting(new ImportanceWeighted(1))).contains("bound.type");
    assertThat(setting(new Elbo(2, Elbo.Kl.ANALYTIC))).contains("bound.samples");
    assertThat(setting(new Elbo(1, Elbo.Kl.MONTE_CARLO))).contains("bound.kl");
    assertThat(setting(new Elbo(1, Elbo.Kl.ANALYTIC, 0.1))).contains("bound.free-bits");
    assertThat(ObjectiveLimits.of(MODEL.model(), PLAIN, new ScoreFunction()))
        .map(Contradiction::setting)
        .contains("estimator.type");
    Recorder two = new Recorder(1, 2);
    assertThatThrownBy(() -> MODEL.model().on(two, Batch.of(two, MODEL.x())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an autoencoder has one code of an image, not 2");
  }

  private static Optional<String> setting(Bound bound) {
    return ObjectiveLimits.of(MODEL.model(), bound, new Reparameterised())
        .map(Contradiction::setting);
  }
}
