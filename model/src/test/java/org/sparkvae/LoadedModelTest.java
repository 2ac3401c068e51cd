package org.sparkvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.fixtures.StoredRuns;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class LoadedModelTest {
  private static final int VALUES = 6;
  private static final Mlp BODY = new Mlp(List.of(4), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(new Shape(2, 3, 1), new Vae(2, BODY, BODY, new Bernoulli()));
  private static final float[][] IMAGES = {{0, 1, 0, 1, 1, 0}};
  private static final String GIVE =
      "give the directory of a run, that of a checkpoint, or its model.zip";

  private static final String RESTORE =
      "restore it, or give a checkpoint's model.zip, which is then read as it is";

  @TempDir private Path folder;
  private Path run;
  private Path first;
  private Path second;

  @BeforeEach
  void write() throws IOException {
    run = folder.resolve("run");
    first = StoredRuns.write(run, 9, network(9));
    second = StoredRuns.write(run, 10, network(10));
  }

  private static MultiLayerNetwork network(long seed) {
    return StoredRuns.network(MODEL, seed);
  }

  private static void assertIs(MultiLayerNetwork expected, Path path) throws IOException {
    TrainedVae vae = TrainedVae.load(path);
    assertThat(vae.encode(IMAGES)).isDeepEqualTo(TrainedVae.of(expected).encode(IMAGES));
    assertThat(vae.shape()).isEqualTo(new Shape(2, 3, 1));
    assertThat(vae.codeLength()).isEqualTo(2);
    assertThat(vae).hasToString("6-4-z2-4-6, Bernoulli");
  }

  @Test
  void aRunIsItsNewestCheckpoint() throws IOException {
    assertIs(network(10), run);
  }

  /** The best one, where patience was at its end. */
  @Test
  void aTrainedRunIsTheCheckpointThatItNames() throws IOException {
    Path trained = run.resolve("checkpoints").resolve("_TRAINED");
    Files.writeString(trained, "epoch-000009\n");
    assertIs(network(9), run);
    Files.writeString(trained, "");
    assertIs(network(10), run);
    Files.writeString(trained, "epoch-000008\n");
    assertRefused(
        run,
        "checkpoint file "
            + run.resolve("checkpoints/epoch-000008/manifest.sha256")
            + " is missing; "
            + RESTORE);
  }

  @Test
  void aCheckpointAndAnArchiveAreThemselves() throws IOException {
    assertIs(network(9), first);
    assertIs(network(9), first.resolve("model.zip"));
  }

  @Test
  void aCheckpointThatIsNotWholeIsPassedOver() throws IOException {
    Files.writeString(second.resolve("state.json"), "{ }");
    assertIs(network(9), run);
    Files.delete(second.resolve("manifest.sha256"));
    assertIs(network(9), run);
    assertIs(network(10), second.resolve("model.zip"));
  }

  @Test
  void anArchiveNeedsNoStateOfItsUpdater() throws IOException {
    Path archive = folder.resolve("mine.zip");
    ModelSerializer.writeModel(network(3), archive.toFile(), false);
    assertIs(network(3), archive);
  }

  @Test
  void laterTrainingDoesNotChangeAModel() {
    MultiLayerNetwork network = network(3);
    TrainedVae vae = TrainedVae.of(network);
    float[][] codes = vae.encode(IMAGES);
    network.params().muli(2);
    assertThat(vae.encode(IMAGES)).isDeepEqualTo(codes);
  }

  private static void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> TrainedVae.load(path))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @Test
  void nothingAndSomethingElseAreRefused() throws IOException {
    Path missing = folder.resolve("missing");
    assertRefused(missing, "there is no %s; %s".formatted(missing, GIVE));
    Path other = Files.createDirectory(folder.resolve("other"));
    assertRefused(other, "%s holds neither checkpoints/ nor model.zip; %s".formatted(other, GIVE));
    Path checkpoints = Files.createDirectory(other.resolve("checkpoints"));
    Files.createDirectory(checkpoints.resolve("_temporary.epoch-000001"));
    assertRefused(
        other,
        "%s holds no checkpoint: wait for the run's first epoch, or train it on"
            .formatted(checkpoints));
    Path text = Files.writeString(folder.resolve("text.zip"), "no archive");
    assertRefused(
        text,
        "%s cannot be read: the network's archive has no configuration.json; copy it again, or %s"
            .formatted(text, GIVE));
  }

  @Test
  void aCheckpointThatIsNotWholeIsRefusedByItself() throws IOException {
    Files.delete(first.resolve("state.json"));
    assertRefused(first, "checkpoint file %s/state.json is missing; %s".formatted(first, RESTORE));
    Files.write(second.resolve("model.zip"), new byte[100]);
    assertRefused(
        run,
        "checkpoint file %s/model.zip does not match its SHA-256; %s".formatted(second, RESTORE));
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(first.resolve("model.zip"));
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> TrainedVae.load(cut))
        .isInstanceOf(IOException.class)
        .message()
        .startsWith(cut + " cannot be read: ")
        .endsWith("copy it again, or " + GIVE)
        .doesNotContain("\n");
    byte[] changed = whole.clone();
    for (int i = whole.length / 3; i < whole.length / 3 + 20; i++) {
      changed[i] ^= 0x55;
    }
    Path damaged = Files.write(folder.resolve("damaged.zip"), changed);
    assertThatThrownBy(() -> TrainedVae.load(damaged))
        .isInstanceOf(IOException.class)
        .message()
        .startsWith(damaged + " cannot be read: ")
        .doesNotContain("\n");
  }

  @Test
  void anotherNetworkIsRefused() throws IOException {
    MultiLayerNetwork other =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(VALUES).nOut(2).build())
                .build());
    other.init();
    Path archive = folder.resolve("other.zip");
    ModelSerializer.writeModel(other, archive.toFile(), true);
    assertRefused(
        archive,
        "%s holds a network that is no model of spark-vae: the network is not a single VaeLayer; give one that spark-vae trained"
            .formatted(archive));
  }
}
