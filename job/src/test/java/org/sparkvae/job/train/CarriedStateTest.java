package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.bound.Elbo;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Nvil;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.estimator.RunningAverage;
import org.sparkvae.estimator.ScoreFunction;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class CarriedStateTest {
  private static final Mlp NETWORK = new Mlp(List.of(3), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(4),
          new Vae(
              2, NETWORK, new DiagonalGaussian(), new StandardNormal(), NETWORK, new Bernoulli()));

  private static MultiLayerNetwork network(Optimiser optimiser, Estimator estimator, int images) {
    ObjectiveSpec objective =
        new ObjectiveSpec(new Elbo(1, Elbo.Kl.MONTE_CARLO), images, 0, estimator);
    return VaeNetwork.create(MODEL, objective, optimiser, 1e-3, 1);
  }

  /** A state of 1, 2, 3, and so on. */
  private static MultiLayerNetwork counted(Optimiser optimiser, Estimator estimator, int images) {
    MultiLayerNetwork network = network(optimiser, estimator, images);
    INDArray state = VaeNetwork.optimiserState(network);
    for (long i = 0; i < state.length(); i++) {
      state.putScalar(i, i + 1);
    }
    return network;
  }

  /** What an estimator keeps lies between the moments of the model. */
  @Test
  void momentsOfTheModelAreScaledAsGradientsAre() {
    Adam adam = new Adam(0.9, 0.999, 1e-4);
    MultiLayerNetwork from = counted(adam, new ScoreFunction(new RunningAverage(0.8)), 100);
    MultiLayerNetwork to = network(adam, new Nvil(NETWORK, 0.9), 10);

    CarriedState.between(from, to);

    int ofModel = (int) VaeNetwork.parameters(to).length();
    int stride = (int) VaeNetwork.vector(to).length();
    int before = (int) VaeNetwork.vector(from).length();
    assertThat(stride).isGreaterThan(before).isGreaterThan(ofModel + 1);
    float[] state = VaeNetwork.optimiserState(to).toFloatVector();
    for (int i = 0; i < ofModel; i++) {
      assertThat(state[i]).as("first moment %d", i).isCloseTo((i + 1) / 10f, within(1e-4f));
      assertThat(state[stride + i])
          .as("second moment %d", i)
          .isCloseTo((before + i + 1) / 100f, within(1e-4f));
    }
    for (int i = ofModel; i < stride; i++) {
      assertThat(state[i]).isZero();
      assertThat(state[stride + i]).isZero();
    }
  }

  @Test
  void factorsOfTheFisherInformationStayAsTheyAre() {
    NaturalGradient optimiser = new NaturalGradient(0.5, 0.01, 0.02, 0.95, 10, 100);
    MultiLayerNetwork from = counted(optimiser, new Reparameterised(), 100);
    MultiLayerNetwork to = network(optimiser, new Reparameterised(), 10);

    CarriedState.between(from, to);

    int ofModel = (int) VaeNetwork.parameters(to).length();
    float[] state = VaeNetwork.optimiserState(to).toFloatVector();
    assertThat(state.length).isGreaterThan(2 * ofModel);
    for (int i = 0; i < state.length; i++) {
      float expected = i < ofModel ? (i + 1) / 10f : i + 1;
      assertThat(state[i]).as("place %d", i).isCloseTo(expected, within(1e-4f));
    }
  }
}
