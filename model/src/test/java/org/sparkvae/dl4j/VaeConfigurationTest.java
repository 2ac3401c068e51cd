package org.sparkvae.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.sparkvae.bound.BoundSpec;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.tensor.Activation;
import org.sparkvae.vae.NetworkSpec;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.VaeSpec;

class VaeConfigurationTest {

  static Stream<Arguments> configurations() {
    return Stream.of(
        Arguments.of(
            vae(new LikelihoodSpec.Bernoulli()),
            new ObjectiveSpec(new BoundSpec.Elbo(1, BoundSpec.Kl.ANALYTIC), 60_000, 0),
            new OptimiserSpec.Adam(0.9, 0.999, 1e-4)),
        Arguments.of(
            vae(new LikelihoodSpec.Gaussian(LikelihoodSpec.Variance.SHARED, 1e-3)),
            new ObjectiveSpec(new BoundSpec.Elbo(7, BoundSpec.Kl.MONTE_CARLO), 1L << 40, 1.0 / 3),
            new OptimiserSpec.Sgd(0)),
        Arguments.of(
            vae(new LikelihoodSpec.Gaussian(LikelihoodSpec.Variance.PER_PIXEL, 0.1)),
            new ObjectiveSpec(new BoundSpec.ImportanceWeighted(50), 1, 1e-300),
            new OptimiserSpec.Sgd(0.95)));
  }

  private static VaeSpec vae(LikelihoodSpec likelihood) {
    return new VaeSpec(
        784,
        50,
        new NetworkSpec(List.of(200, 100), Activation.TANH),
        new NetworkSpec(List.of(), Activation.SOFTPLUS),
        likelihood);
  }

  private static MultiLayerConfiguration configuration(
      VaeSpec spec, ObjectiveSpec objective, OptimiserSpec optimiser) {
    return new NeuralNetConfiguration.Builder()
        .updater(new VaeUpdater(optimiser, objective.trainingImages(), 0.1 + 0.2))
        .list()
        .layer(new VaeLayer(spec, objective))
        .build();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void isTheSameAfterJson(VaeSpec spec, ObjectiveSpec objective, OptimiserSpec optimiser) {
    MultiLayerConfiguration written = configuration(spec, objective, optimiser);

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());

    VaeLayer layer = (VaeLayer) read.getConf(0).getLayer();
    assertThat(layer.spec()).isEqualTo(spec);
    assertThat(layer.objective()).isEqualTo(objective);
    assertThat(layer.getIUpdater())
        .isEqualTo(new VaeUpdater(optimiser, objective.trainingImages(), 0.1 + 0.2));
    assertThat(layer).isEqualTo(written.getConf(0).getLayer());
    assertThat(read.toJson()).isEqualTo(written.toJson());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void isTheSameAfterABroadcast(VaeSpec spec, ObjectiveSpec objective, OptimiserSpec optimiser)
      throws IOException, ClassNotFoundException {
    MultiLayerConfiguration written = configuration(spec, objective, optimiser);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(written);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((MultiLayerConfiguration) in.readObject()).toJson()).isEqualTo(written.toJson());
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void clonesAreEqualAndApart(VaeSpec spec, ObjectiveSpec objective, OptimiserSpec optimiser) {
    Layer layer = configuration(spec, objective, optimiser).getConf(0).getLayer();

    VaeLayer clone = (VaeLayer) layer.clone();

    assertThat(clone).isEqualTo(layer);
    clone.getIUpdater().setLrAndSchedule(7, null);
    assertThat(clone).isNotEqualTo(layer);
  }

  @Test
  void anotherModelIsAnotherLayer() {
    ObjectiveSpec objective =
        new ObjectiveSpec(new BoundSpec.Elbo(1, BoundSpec.Kl.ANALYTIC), 10, 0);
    ObjectiveSpec larger = new ObjectiveSpec(objective.bound(), 11, 0);
    VaeSpec spec = vae(new LikelihoodSpec.Bernoulli());

    assertThat(new VaeLayer(spec, objective)).isNotEqualTo(new VaeLayer(spec, larger));
    assertThat(new VaeLayer(spec, objective))
        .isNotEqualTo(
            new VaeLayer(
                vae(new LikelihoodSpec.Gaussian(LikelihoodSpec.Variance.SHARED, 1)), objective));
  }

  @Test
  void aScheduleIsRefused() {
    VaeUpdater updater = new VaeUpdater(new OptimiserSpec.Sgd(0), 10, 0.1);

    assertThatThrownBy(
            () ->
                updater.setLrAndSchedule(
                    0.1, new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set the learning rate before each epoch");
  }
}
