package org.sparkvae.job.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.device.Precision;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.track.tensorboard.Files;
import org.sparkvae.network.Mlp;
import org.sparkvae.vae.Vae;

class VaeParamsTest {
  private static final FitSettings.Place PLACE =
      new FitSettings.Place(
          "Dataset",
          "runs/x",
          new ComputeSettings(
              ComputeSettings.Backend.AUTO,
              ComputeSettings.Device.CPU,
              List.of(),
              Precision.FLOAT32));

  private static JobSettings settings(VaeEstimator estimator) {
    return new FitSettings(estimator, PLACE).read();
  }

  @Test
  void defaultsAreThoseOfTheJob() {
    VaeEstimator vae = new VaeEstimator();
    JobSettings job = settings(vae);
    Vae model = (Vae) job.model();
    assertThat(vae.getLatentDim()).isEqualTo(model.latent());
    assertThat(((Mlp) model.encoder()).hidden()).containsExactly(200, 200);
    assertThat(vae.getHidden()).containsExactly(200, 200);
    assertThat(vae.getEpochs()).isEqualTo(job.training().epochs());
    assertThat(vae.getBatchSize()).isEqualTo(job.training().batch());
    assertThat(vae.getLearningRate()).isEqualTo(job.training().rates().learningRate());
    assertThat(vae.getShards()).isEqualTo(job.data().cut().shards());
    assertThat(vae.getSeed()).isEqualTo(job.seed());
    assertThat(vae.getBinarisation()).isEqualTo(job.config().getString("data.binarisation"));
    assertThat(vae.getInputScale()).isEqualTo(job.data().train().scale().toString());
    assertThat(vae.getImageWidth()).isEqualTo(job.config().getInt("data.train.width"));
    assertThat(vae.getImageChannels()).isEqualTo(job.config().getInt("data.train.channels"));
    assertThat(vae.getIdCol()).isEqualTo(job.config().getString("data.train.id-column"));
  }

  @Test
  void paramsThatAreSetLieOverTheText() {
    JobSettings job =
        settings(
            new VaeEstimator()
                .setSettings(
                    """
                    model { latent = 3, prior { type = vampprior, components = 20 } }
                    training { epochs = 7, kl-warm-up = 4 }
                    evaluation.block = 60
                    """)
                .setLatentDim(3)
                .setHidden(30, 20)
                .setSeed(9));
    Vae model = (Vae) job.model();
    assertThat(model.latent()).isEqualTo(3);
    assertThat(((Mlp) model.encoder()).hidden()).containsExactly(30, 20);
    assertThat(((Mlp) model.decoder()).hidden()).containsExactly(20, 30);
    assertThat(job.config().getString("model.prior.type")).isEqualTo("vampprior");
    assertThat(job.training().epochs()).isEqualTo(7);
    assertThat(job.training().rates().klWarmUp()).isEqualTo(4);
    assertThat(job.seed()).isEqualTo(9);
    assertThat(job.evaluation().block()).isEqualTo(60);
    assertThat(job.compute().device()).isEqualTo(ComputeSettings.Device.CPU);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          training.epoch = 5          | settings:1: unknown key training.epoch; did you mean training.epochs?
          training.epochs = 0         | settings:1: training.epochs is 0, but must be a whole number of at least 1
          model.latent = 4            | settings:1: model.latent is 4, but the Param latentDim is 5: set one of the two
          data.train.path = x         | settings:1: data.train.path has no place here: fit trains on featuresCol of the Dataset that it is given; leave it out
          data.train.id-column = id   | settings:1: data.train.id-column has no place here: the Param idCol names the column of ids; leave it out
          tracking.tensorboard = files | settings:1: tracking.tensorboard tells of fits with a checkpointDirectory only; set that Param, or leave it out
          data.test.source = idx      | settings:1: data.test has no place here: fit evaluates nothing; leave it out
          evaluation.samples = 9      | settings:1: evaluation.samples has no place here: transform goes by the Param samples; leave it out
          run.directory = x           | settings:1: run has no place here: checkpointDirectory is the run directory; leave it out
          compute.device = gpu        | settings:1: compute has no place here: it belongs to the session, whose configuration has spark.vae.compute; leave it out
          model.latent 4              | settings:1: Key 'model.latent 4' may not be followed by token: end of file
          seed = ${seeds}             | settings:1: Could not resolve substitution to a value: ${seeds}
          model.likelihood = gaussian | settings:1: model.likelihood.type is gaussian, but data.binarisation is dynamic, and bits have no density; set data.binarisation = none
          """)
  void wrongSettingsAreALine(String text, String message) {
    VaeEstimator vae = new VaeEstimator().setLatentDim(5).setSettings(text);
    assertThat(catchThrowableOfType(SettingsException.class, () -> settings(vae)))
        .hasMessage(message);
  }

  @Test
  void trackersAreToldOfFitsWithACheckpointDirectory() {
    VaeEstimator vae = new VaeEstimator().setSettings("tracking.tensorboard = files");
    assertThat(settings(vae.setCheckpointDirectory("runs/x")).tracking().tensorboard())
        .isInstanceOf(Files.class);
  }

  static Stream<Consumer<VaeEstimator>> wrong() {
    return Stream.of(
        vae -> vae.setLatentDim(0),
        vae -> vae.setHidden(8, 0),
        vae -> vae.setEpochs(0),
        vae -> vae.setBatchSize(0),
        vae -> vae.setLearningRate(0),
        vae -> vae.setShards(-1),
        vae -> vae.setSamples(-1),
        vae -> vae.setImageWidth(-1),
        vae -> vae.setImageHeight(-1),
        vae -> vae.setImageChannels(2),
        vae -> vae.setBinarisation("often"),
        vae -> vae.setInputScale("0..2"));
  }

  @ParameterizedTest
  @MethodSource
  void wrong(Consumer<VaeEstimator> set) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.accept(new VaeEstimator("vae")))
        .withMessageStartingWith("vae parameter ");
  }

  @Test
  void aSessionWithKryoIsRefused() {
    SparkConf conf = new SparkConf(false);
    assertThatCode(() -> Fitting.requireSerializer(conf)).doesNotThrowAnyException();
    conf.set("spark.serializer", KryoSerializer.class.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fitting.requireSerializer(conf))
        .withMessage(
            "spark.serializer is org.apache.spark.serializer.KryoSerializer, which cannot write what training's tasks return: leave it out of the session's configuration");
  }

  @Test
  void everyParamIsDocumentedAndHasADefault() {
    VaeEstimator vae = new VaeEstimator("vae");
    assertThat(Arrays.stream(vae.params()).map(Param::name).toList()).hasSize(22).isSorted();
    assertThat(vae.params()).allSatisfy(param -> assertThat(vae.hasDefault(param)).isTrue());
    VaeEstimator copy = vae.copy(ParamMap.empty().put(vae.latentDim(), 4));
    assertThat(copy.getLatentDim()).isEqualTo(4);
    assertThat(copy.uid()).isEqualTo("vae");
    assertThat(vae.getLatentDim()).isEqualTo(50);
  }
}
