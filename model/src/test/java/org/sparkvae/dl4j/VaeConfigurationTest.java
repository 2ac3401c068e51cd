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
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

class VaeConfigurationTest {

  static Stream<Arguments> configurations() {
    return Stream.of(
        Arguments.of(
            vae(new Bernoulli()),
            new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 60_000, 0),
            new Adam(0.9, 0.999, 1e-4)),
        Arguments.of(
            vae(new Gaussian(Gaussian.Variance.SHARED, 1e-3)),
            new ObjectiveSpec(new Elbo(7, Elbo.Kl.MONTE_CARLO), 1L << 40, 1.0 / 3),
            new Sgd(0)),
        Arguments.of(
            vae(new Gaussian(Gaussian.Variance.PER_PIXEL, 0.1)),
            new ObjectiveSpec(new ImportanceWeighted(50), 1, 1e-300),
            new Sgd(0.95)));
  }

  private static ImageModel vae(Likelihood likelihood) {
    return new ImageModel(
        Shape.vector(784),
        new Vae(
            50,
            new Mlp(List.of(200, 100), Activation.TANH),
            new Mlp(List.of(), Activation.SOFTPLUS),
            likelihood));
  }

  private static MultiLayerConfiguration configuration(
      ImageModel spec, ObjectiveSpec objective, Optimiser optimiser) {
    return new NeuralNetConfiguration.Builder()
        .updater(new VaeUpdater(optimiser, objective.trainingImages(), 0.1 + 0.2))
        .list()
        .layer(new VaeLayer(spec, objective))
        .build();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void isTheSameAfterJson(ImageModel spec, ObjectiveSpec objective, Optimiser optimiser) {
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

  /** A checkpoint of before a setting was there has its default. */
  @ParameterizedTest
  @MethodSource("configurations")
  void settingsThatAreNotThereHaveTheirDefaults(
      ImageModel spec, ObjectiveSpec objective, Optimiser optimiser) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(configuration(spec, objective, optimiser).toJson());
    List<String> later = List.of("initialisation", "logVariances", "normalisation", "dropout");
    // Of the bounds, not all have them.
    json.findParents("freeBits").forEach(parent -> ((ObjectNode) parent).remove("freeBits"));
    for (String name : later) {
      assertThat(json.findValues(name)).as(name).isNotEmpty();
      json.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name));
      assertThat(json.findValues(name)).as(name).isEmpty();
    }

    MultiLayerConfiguration read =
        MultiLayerConfiguration.fromJson(mapper.writeValueAsString(json));

    VaeLayer layer = (VaeLayer) read.getConf(0).getLayer();
    assertThat(layer.spec()).isEqualTo(spec);
    assertThat(layer.objective().bound()).isEqualTo(objective.bound());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void isTheSameAfterABroadcast(ImageModel spec, ObjectiveSpec objective, Optimiser optimiser)
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
  void clonesAreEqualAndApart(ImageModel spec, ObjectiveSpec objective, Optimiser optimiser) {
    Layer layer = configuration(spec, objective, optimiser).getConf(0).getLayer();

    VaeLayer clone = (VaeLayer) layer.clone();

    assertThat(clone).isEqualTo(layer);
    clone.getIUpdater().setLrAndSchedule(7, null);
    assertThat(clone).isNotEqualTo(layer);
  }

  @Test
  void anotherModelIsAnotherLayer() {
    ObjectiveSpec objective = new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 10, 0);
    ObjectiveSpec larger = new ObjectiveSpec(objective.bound(), 11, 0);
    ImageModel spec = vae(new Bernoulli());

    assertThat(new VaeLayer(spec, objective)).isNotEqualTo(new VaeLayer(spec, larger));
    assertThat(new VaeLayer(spec, objective))
        .isNotEqualTo(new VaeLayer(vae(new Gaussian(Gaussian.Variance.SHARED, 1)), objective));
  }

  @Test
  void aScheduleIsRefused() {
    VaeUpdater updater = new VaeUpdater(new Sgd(0), 10, 0.1);

    assertThatThrownBy(
            () ->
                updater.setLrAndSchedule(
                    0.1, new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set the learning rate before each epoch");
  }
}
