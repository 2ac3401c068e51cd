package org.sparkvae.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.VrMax;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Normalisation;
import org.sparkvae.network.Shape;
import org.sparkvae.objective.LargestSample;
import org.sparkvae.step.Player;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class MaximiseTest {
  private static final ObjectiveSpec LARGEST = new ObjectiveSpec(new VrMax(3), 40, 0);

  private static Player player(Network body) {
    ImageModel model =
        new ImageModel(
            Shape.vector(ModelCases.PIXELS),
            new Vae(ModelCases.LATENT, body, body, new Bernoulli()));
    INDArray parameters = ModelCases.parameters(model, DataType.DOUBLE, 1);
    Player player = new Maximise(model, LARGEST).players(2, parameters, parameters.like()).get(0);
    for (int image = 0; image < 2; image++) {
      player.noise().draw(ModelCases.key(1, image), image);
    }
    assertThat(player.differentiate(StepSettings.NONE).isFinite()).isTrue();
    return player;
  }

  /** What scoring computes is not what a step of these does: the largest sample may be another. */
  static List<Network> otherInTraining() {
    return List.of(
        new Mlp(List.of(4), Activation.TANH, new Normalisation.None(), 0.5),
        new Mlp(List.of(4), Activation.TANH, new Normalisation.Batch(1e-3), 0));
  }

  @ParameterizedTest
  @MethodSource("otherInTraining")
  void layersOfAnotherValueInTrainingGoThroughAllSamples(Network body) {
    assertThat(player(body)).isInstanceOf(Objective.class);
    assertThat(player(new Mlp(List.of(4), Activation.TANH))).isInstanceOf(LargestSample.class);
  }
}
