package org.sparkvae.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.Measures;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class VaeNetworkTest {
  private static final int PIXELS = 12;
  private static final int LATENT = 3;
  private static final int IMAGES = 8;
  private static final int SAMPLES = 2;
  private static final long SEED = 11;
  private static final ImageModel SPEC =
      new ImageModel(
          Shape.vector(PIXELS),
          new Vae(
              LATENT,
              new Mlp(List.of(7), Activation.TANH),
              new Mlp(List.of(6), Activation.TANH),
              new Bernoulli()));
  private static final ObjectiveSpec OBJECTIVE =
      new ObjectiveSpec(new Elbo(SAMPLES, Elbo.Kl.ANALYTIC), 1000, 0.5);
  private static final Optimiser ADAM = new Adam(0.9, 0.999, 1e-4);
  private static final double RATE = 0.01;

  static List<Optimiser> optimisers() {
    return List.of(ADAM, new Sgd(0), new Sgd(0.9));
  }

  private static MultiLayerNetwork network(Optimiser optimiser) {
    MultiLayerNetwork network = VaeNetwork.create(SPEC, OBJECTIVE, optimiser, RATE, SEED);
    float[] mean = new float[PIXELS];
    Arrays.fill(mean, 0.4f);
    SPEC.initialise(SEED, mean, VaeNetwork.parameters(network));
    return network;
  }

  /** Half of the images have their left pixels on, the others their right. */
  private static DataSet images() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, IMAGES, PIXELS);
    for (int i = 0; i < IMAGES; i++) {
      for (int d = 0; d < PIXELS / 2; d++) {
        images.putScalar(i, i % 2 == 0 ? d : d + PIXELS / 2, 1);
      }
    }
    return new DataSet(images, images);
  }

  @Test
  void holdsOneFlatVectorOfEach() {
    MultiLayerNetwork network = network(ADAM);
    long count = SPEC.parameters();

    assertThat(VaeNetwork.parameters(network).length()).isEqualTo(count);
    assertThat(network.getGradientsViewArray().length()).isEqualTo(count);
    assertThat(VaeNetwork.optimiserState(network).length()).isEqualTo(2 * count);
    assertThat(VaeNetwork.optimiserState(network).sumNumber().doubleValue()).isZero();
    assertThat(VaeNetwork.optimiserState(network(new Sgd(0)))).isNull();
    assertThat(VaeNetwork.spec(network)).isEqualTo(SPEC);
    assertThat(VaeNetwork.objective(network)).isEqualTo(OBJECTIVE);
    assertThat(VaeNetwork.optimiser(network)).isEqualTo(ADAM);
  }

  @Test
  void startsAtZero() {
    MultiLayerNetwork network = VaeNetwork.create(SPEC, OBJECTIVE, ADAM, RATE, SEED);

    assertThat(network.params().toFloatVector()).containsOnly(0);
  }

  @Test
  void givesTheArraysThemselves() {
    MultiLayerNetwork network = network(ADAM);

    VaeNetwork.parameters(network).putScalar(5, 42);
    VaeNetwork.optimiserState(network).putScalar(6, 43);

    assertThat(network.getLayer(0).params().getFloat(5)).isEqualTo(42);
    assertThat(network.getUpdater().getStateViewArray().getFloat(6)).isEqualTo(43);
  }

  @Test
  void fitLearns() {
    MultiLayerNetwork network = network(ADAM);
    DataSet images = images();

    network.fit(images);
    double before = network.score();
    for (int i = 0; i < 300; i++) {
      network.fit(images);
    }

    // Two equally likely images have an entropy of log 2; a constant guess costs 12 log 2.
    assertThat(before).isGreaterThan(6);
    assertThat(network.score()).isLessThan(before / 2);
    assertThat(network.output(images.getFeatures()).sub(images.getFeatures()).amaxNumber())
        .satisfies(error -> assertThat(error.doubleValue()).isLessThan(0.5));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void fitIsObjectiveAndOptimiser(Optimiser spec) {
    MultiLayerNetwork network = network(spec);
    DataSet images = images();
    INDArray parameters = VaeNetwork.parameters(network).dup();
    INDArray gradient = Nd4j.create(DataType.FLOAT, parameters.length());
    long length = Steps.stateLength(spec, parameters.length());
    INDArray state = length == 0 ? null : Nd4j.create(DataType.FLOAT, length);
    Objective objective = new Objective(SPEC, OBJECTIVE, IMAGES, parameters, gradient);
    Steps optimiser = new Steps(spec, OBJECTIVE.trainingImages(), parameters, gradient, state);

    for (int step = 1; step <= 4; step++) {
      System.arraycopy(
          images.getFeatures().dup().data().asFloat(), 0, objective.images(), 0, IMAGES * PIXELS);
      for (int image = 0; image < IMAGES; image++) {
        long key = Noise.key(SEED, Noise.Purpose.TRAINING, step - 1, image);
        objective.noise().draw(key, image, 0, SAMPLES);
      }
      double squares = Kernels.of(parameters).sumOfSquares(parameters);
      Measures value = objective.differentiate(StepSettings.NONE);

      network.fit(images);

      assertThat(network.score())
          .isEqualTo(
              0.25 * squares / OBJECTIVE.trainingImages() - value.sum(Objective.BOUND) / IMAGES);
      float[] before = parameters.dup().toFloatVector();
      optimiser.take(RATE, step);
      assertSameStep(spec, before, parameters, VaeNetwork.parameters(network));
      if (state != null) {
        assertThat(VaeNetwork.optimiserState(network).toFloatVector())
            .containsExactly(state.toFloatVector());
      }
      parameters.assign(VaeNetwork.parameters(network));
    }
  }

  /** Adam: the same bits. Gradient descent: its kernel may fuse the product with the difference. */
  private static void assertSameStep(
      Optimiser spec, float[] before, INDArray expected, INDArray actual) {
    if (spec instanceof Adam) {
      assertThat(actual.toFloatVector()).containsExactly(expected.toFloatVector());
      return;
    }
    for (int i = 0; i < before.length; i++) {
      float after = expected.getFloat(i);
      float ulp = Math.ulp(Math.max(Math.abs(before[i]), Math.abs(after)));
      assertThat(actual.getFloat(i)).isCloseTo(after, within(2 * ulp));
    }
  }

  @Test
  void computesTheGradientOfTheLoss() {
    MultiLayerNetwork network = network(ADAM);
    INDArray parameters = network.params();
    network.setInput(images().getFeatures());

    network.computeGradientAndScore();
    float[] gradient = network.getGradientsViewArray().dup().toFloatVector();

    for (int i = 0; i < parameters.length(); i += 13) {
      float at = parameters.getFloat(i);
      double step = 1e-2;
      parameters.putScalar(i, at + step);
      double above = network.score(images());
      parameters.putScalar(i, at - step);
      double below = network.score(images());
      parameters.putScalar(i, at);
      double slope = (above - below) / (2 * step) * OBJECTIVE.trainingImages();
      assertThat((double) gradient[i]).isCloseTo(slope, within(2 + 0.02 * Math.abs(slope)));
    }
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void aStoredNetworkGoesOnAsIfNothingHadHappened(Optimiser spec, @TempDir Path folder)
      throws IOException {
    MultiLayerNetwork network = network(spec);
    network.fit(images());
    network.fit(images());
    File file = folder.resolve("model.zip").toFile();
    ModelSerializer.writeModel(network, file, true);

    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);

    assertThat(restored.getIterationCount()).isEqualTo(2);
    assertSameBits(restored, network);
    network.fit(images());
    restored.fit(images());
    assertThat(restored.score()).isEqualTo(network.score());
    assertSameBits(restored, network);
  }

  @Test
  void aCloneIsEqualAndApart() {
    MultiLayerNetwork network = network(ADAM);
    network.fit(images());
    float[] parameters = network.params().dup().toFloatVector();

    MultiLayerNetwork clone = network.clone();

    assertSameBits(clone, network);
    clone.fit(images());
    assertThat(network.params().toFloatVector()).containsExactly(parameters);
    assertThat(clone.params().toFloatVector()).isNotEqualTo(parameters);
    network.fit(images());
    assertSameBits(clone, network);
  }

  @Test
  void minibatchesMayDifferInSizeAndLayout() {
    MultiLayerNetwork network = network(ADAM);
    INDArray features = images().getFeatures();

    double rows = network.score(new DataSet(features, null));
    double columns = network.score(new DataSet(features.dup('f'), null));
    double doubles = network.score(new DataSet(features.castTo(DataType.DOUBLE), null));
    INDArray one = features.getRow(0, true).dup();
    network.fit(new DataSet(one, one));

    assertThat(columns).isEqualTo(rows);
    assertThat(doubles).isEqualTo(rows);
    assertThat(network.score()).isFinite();
  }

  @Test
  void theLearningRateCanBeSet() {
    MultiLayerNetwork network = network(new Sgd(0));
    float[] before = network.params().dup().toFloatVector();

    network.setLearningRate(0);
    network.fit(images());

    assertThat(network.params().toFloatVector()).containsExactly(before);
  }

  @Test
  void naturalGradientsAreNoneOfItsFit() {
    MultiLayerNetwork network = network(new NaturalGradient(0.5, 1e-2, 0.02, 0.95, 10, 100));
    assertThat(VaeNetwork.optimiserState(network).length())
        .isGreaterThan(VaeNetwork.parameters(network).length());
    assertThatThrownBy(() -> network.fit(images()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no Fisher information");
  }

  @Test
  void anotherNetworkIsRefused() {
    MultiLayerNetwork other =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());

    assertThatThrownBy(() -> VaeNetwork.spec(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a single VaeLayer");
  }

  private static void assertSameBits(MultiLayerNetwork actual, MultiLayerNetwork expected) {
    assertThat(actual.params().toFloatVector()).containsExactly(expected.params().toFloatVector());
    INDArray state = VaeNetwork.optimiserState(expected);
    if (state == null) {
      assertThat(VaeNetwork.optimiserState(actual)).isNull();
    } else {
      assertThat(VaeNetwork.optimiserState(actual).toFloatVector())
          .containsExactly(state.toFloatVector());
    }
  }
}
