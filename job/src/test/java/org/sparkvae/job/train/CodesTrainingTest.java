package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.bound.Elbo;
import org.sparkvae.codec.CodeMixture;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.prior.Gaussians;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Autoencoder;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/** An autoencoder is trained, and its codes' mixture fitted. */
@ExtendWith(TwoSlots.class)
class CodesTrainingTest {
  private static final Mlp BODY = new Mlp(List.of(8), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(Tiny.PIXELS),
          new Autoencoder(
              2,
              BODY,
              0.01,
              new FittedMixture(2, 1e-6, 4, 1e-5),
              BODY,
              new Bernoulli(),
              new Initialisation.Glorot()));

  @TempDir private Path folder;
  private final List<RunDirectory> open = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int rounds) {}

        @Override
        public void epoch(EpochRecord record, int epochs) {
          heard.add("epoch " + record.epoch());
        }

        @Override
        public void codesFitted(String course) {
          heard.add(course);
        }
      };

  private CheckpointStore store(String name) {
    RunDirectory directory =
        RunDirectory.open(folder.resolve(name).toUri().toString(), new Configuration(), "test");
    open.add(directory);
    return directory.checkpoints(9, warning -> {});
  }

  @AfterEach
  void close() throws IOException {
    for (RunDirectory directory : open) {
      directory.close();
    }
  }

  private TrainedVae train(TinyTraining how, CheckpointStore into, Optional<ImageSet> validation) {
    TrainingSettings settings = how.bound(new Elbo(1, Elbo.Kl.ANALYTIC)).clipNorm(3).settings();
    ImageSet images = Tiny.images(31, 30);
    return new Trainer(
            TwoSlots.context(), settings, new Binariser.Intensity(), Tiny.SEED, into, listener)
        .train(MODEL, new TrainingImages(generation -> images, 0, validation, Tiny::meanImage));
  }

  private static Gaussians mixture(MultiLayerNetwork network) {
    return CodeMixture.of(MODEL).orElseThrow().read(VaeNetwork.parameters(network));
  }

  private static boolean isFitted(MultiLayerNetwork network) {
    double[] mean = mixture(network).means()[0];
    return mean[0] != 0 && mean[1] != 0;
  }

  @Test
  void goingOnFromAFittedModelIsTheSameToTheBitAsTrainingAtOnce() {
    CheckpointStore store = store("gone-on");
    TrainedVae two = train(TinyTraining.epochs(2), store, Optional.empty());
    TrainedVae goneOn = train(TinyTraining.epochs(3), store, Optional.empty());
    TrainedVae again = train(TinyTraining.epochs(3), store, Optional.empty());
    CheckpointStore atOnceStore = store("at-once");
    TrainedVae atOnce = train(TinyTraining.epochs(3), atOnceStore, Optional.empty());

    assertThat(isFitted(two.network())).isTrue();
    assertThat(isFitted(atOnceStore.at(2).network())).isFalse();
    for (TrainedVae other : List.of(goneOn, again)) {
      assertThat(NetworkWeights.read(other.network()).parameters())
          .isEqualTo(NetworkWeights.read(atOnce.network()).parameters());
      assertThat(NetworkWeights.read(other.network()).state())
          .isEqualTo(NetworkWeights.read(atOnce.network()).state());
    }
    assertThat(atOnce.record().measure("code_log_density")).isFinite();
    assertThat(atOnce.record().measure("bound")).isNaN();
    assertThat(heard)
        .hasSize(9)
        .element(2)
        .asString()
        .startsWith("Fitted a mixture of 2 to the codes of 61 images: ");
  }

  @Test
  void withPatienceTheBestNetworkHasItsOwnMixture() {
    ImageSet held = Tiny.images(20);
    CheckpointStore store = store("patient");
    TrainedVae trained =
        train(
            TinyTraining.epochs(6).learningRate(0.3).validation(1, 1, 2), store, Optional.of(held));

    assertThat(isFitted(trained.network())).isTrue();
    EpochRecord record = trained.record();
    assertThat(record.validationBound()).isNaN();
    assertThat(record.measure("validation_objective")).isEqualTo(record.validation()).isFinite();
    for (EpochRecord epoch : trained.history()) {
      assertThat(epoch.validation()).isLessThanOrEqualTo(record.validation());
    }
  }

  @Test
  void theMixtureHasTheSameBitsHoweverTheImagesAreCut() {
    Gaussians expected = fitted(21);
    for (int[] shards : new int[][] {{11, 10}, {5, 0, 6, 1, 9}}) {
      Gaussians found = fitted(shards);
      assertThat(found.weights()).isEqualTo(expected.weights());
      assertThat(found.means()).isDeepEqualTo(expected.means());
      assertThat(found.covariances()[1]).isDeepEqualTo(expected.covariances()[1]);
    }
  }

  private static Gaussians fitted(int... shards) {
    MultiLayerNetwork network =
        VaeNetwork.create(
            MODEL, new ObjectiveSpec(new Elbo(1, Elbo.Kl.ANALYTIC), 21, 0), Tiny.ADAM, 0.01, 1);
    MODEL.initialise(3, Tiny.meanImage(), VaeNetwork.parameters(network));
    CodesPass pass =
        CodesPass.of(TwoSlots.context(), MODEL, new Binariser.Intensity(), 5).orElseThrow();
    CodesPass.Fitted fitted = pass.fit(network, Tiny.images(shards));
    pass.release();
    assertThat(fitted.measures().get("code_log_density")).isFinite();
    return mixture(network);
  }
}
