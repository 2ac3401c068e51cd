package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.Places;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;

class CheckpointStoreTest {
  private final List<String> warnings = new ArrayList<>();

  static Stream<Path> places() {
    return Places.fresh();
  }

  static Stream<Arguments> placesAndFiles() {
    return Stream.of("model.zip", "state.json", "manifest.sha256")
        .flatMap(file -> Places.fresh().map(place -> Arguments.of(place, file)));
  }

  private CheckpointStore store(FileSystem fileSystem, Path directory, int keep) {
    return new CheckpointStore(
        new AtomicFiles(fileSystem, () -> {}), directory, keep, warnings::add);
  }

  private CheckpointStore store(Path directory) throws IOException {
    return store(Places.fileSystem(directory), directory, 3);
  }

  @ParameterizedTest
  @MethodSource("places")
  void givesBackWhatWasStoredToTheBit(Path directory) throws IOException {
    for (Optimiser optimiser : List.of(new Adam(0.9, 0.999, 1e-4), new Sgd(0))) {
      MultiLayerNetwork network = Checkpoints.network(3, optimiser);
      TrainingState state = Checkpoints.state(3, 2);

      store(directory).save(network, state);
      CheckpointStore.Restored restored = store(directory).latest().orElseThrow();

      assertThat(restored.state()).isEqualTo(state);
      assertThat(restored.network().getIterationCount()).isEqualTo(1800);
      Checkpoints.assertSame(restored, network);
    }
    assertThat(warnings).isEmpty();
    assertThat(names(new Path(directory, "epoch-000003")))
        .containsExactly("manifest.sha256", "model.zip", "state.json");
  }

  @Test
  void theModelIsOneOfDeeplearning4j() throws IOException {
    Path directory = Places.local();
    store(directory).save(Checkpoints.network(1), Checkpoints.state(1, 0));

    try (InputStream in =
        Places.fileSystem(directory).open(new Path(directory, "epoch-000001/model.zip"))) {
      MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(in, true);
      Checkpoints.assertSame(new CheckpointStore.Restored(restored, null), Checkpoints.network(1));
    }
  }

  @Test
  void infinityAndNothingAreStates() throws IOException {
    Path directory = Places.local();
    TrainingState state = new TrainingState(1, 0, 0, List.of(), 0, Double.NEGATIVE_INFINITY, 0);

    store(directory).save(Checkpoints.network(1), state);

    assertThat(store(directory).at(1).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @MethodSource("places")
  void withoutADirectoryThereIsNoCheckpoint(Path directory) throws IOException {
    assertThat(store(directory).latest()).isEmpty();
    assertThatThrownBy(() -> store(directory).at(4))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory + "/epoch-000004/manifest.sha256 is missing");
  }

  @ParameterizedTest
  @MethodSource("placesAndFiles")
  void aFlippedByteAnywhereInAFileIsNoticed(Path directory, String name) throws IOException {
    FileSystem fileSystem = Places.fileSystem(directory);
    store(directory).save(Checkpoints.network(1), Checkpoints.state(1, 0));
    store(directory).save(Checkpoints.network(2), Checkpoints.state(2, 0));
    Path file = new Path(directory, "epoch-000002/" + name);
    byte[] whole;
    try (InputStream in = fileSystem.open(file)) {
      whole = in.readAllBytes();
    }
    int stride = Math.max(1, whole.length / 6);

    for (int at = 0; at < whole.length; at += stride) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      try (OutputStream out = fileSystem.create(file, true)) {
        out.write(flipped);
      }
      warnings.clear();

      assertThat(store(directory).latest().orElseThrow().state().epoch()).isEqualTo(1);
      assertThat(warnings).singleElement().asString().contains("/epoch-000002/");
      assertThatThrownBy(() -> store(directory).at(2)).hasMessageContaining("SHA-256");
    }
  }

  @ParameterizedTest
  @MethodSource("placesAndFiles")
  void aMissingFileIsNamed(Path directory, String name) throws IOException {
    store(directory).save(Checkpoints.network(1), Checkpoints.state(1, 0));
    store(directory).save(Checkpoints.network(2), Checkpoints.state(2, 0));
    Places.fileSystem(directory).delete(new Path(directory, "epoch-000002/" + name), false);

    assertThat(store(directory).latest().orElseThrow().state().epoch()).isEqualTo(1);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("/epoch-000002/" + name + " is missing")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource("places")
  void keepsTheLastFewAndTheBest(Path directory) throws IOException {
    CheckpointStore store = store(Places.fileSystem(directory), directory, 2);
    for (int epoch = 1; epoch <= 5; epoch++) {
      store.save(Checkpoints.network(epoch), Checkpoints.state(epoch, Math.min(epoch, 2)));
    }

    assertThat(names(directory)).containsExactly("epoch-000002", "epoch-000004", "epoch-000005");
    assertThat(store.at(2).state().epoch()).isEqualTo(2);
  }

  @Test
  void keepsMilestonesAsWell() throws IOException {
    Path directory = Places.local();
    CheckpointStore store =
        store(Places.fileSystem(directory), directory, 1).keeping(List.of(1, 3, 9));
    for (int epoch = 1; epoch <= 5; epoch++) {
      store.save(Checkpoints.network(epoch), Checkpoints.state(epoch, 0));
    }

    assertThat(store.kept()).containsExactly(1, 3, 5);
    assertThat(store.latest().orElseThrow().state().epoch()).isEqualTo(5);
  }

  @Test
  void anEpochThatIsDoneAgainReplacesWhatCameAfter() throws IOException {
    Path directory = Places.local();
    for (int epoch = 1; epoch <= 3; epoch++) {
      store(directory).save(Checkpoints.network(epoch), Checkpoints.state(epoch, 0));
    }

    store(directory).save(Checkpoints.network(20), Checkpoints.state(2, 0));

    assertThat(names(directory)).containsExactly("epoch-000001", "epoch-000002");
    CheckpointStore.Restored restored = store(directory).latest().orElseThrow();
    assertThat(restored.network().getIterationCount()).isEqualTo(12_000);
  }

  @ParameterizedTest
  @MethodSource("places")
  void killedAnywhereItIsTheOldCheckpointOrTheNewOne(Path directory) throws IOException {
    int survived = 0;
    boolean died = true;
    int olds = 0;
    int news = 0;
    while (died) {
      Path run = new Path(directory, "killed-at-" + survived);
      FileSystem fileSystem = Places.fileSystem(run);
      store(fileSystem, run, 1).save(Checkpoints.network(1), Checkpoints.state(1, 0));
      DyingFileSystem dying = new DyingFileSystem(fileSystem, survived);
      try {
        store(dying, run, 1).save(Checkpoints.network(2), Checkpoints.state(2, 0));
        died = false;
      } catch (UncheckedIOException e) {
        assertThat(e)
            .hasMessageContaining("/epoch-000002 cannot be written: ")
            .hasMessageContaining("killed");
      }

      new AtomicFiles(fileSystem, () -> {}).recover(run);
      CheckpointStore.Restored restored = store(fileSystem, run, 1).latest().orElseThrow();

      int epoch = restored.state().epoch();
      Checkpoints.assertSame(restored, Checkpoints.network(epoch));
      assertThat(names(run)).allMatch(name -> name.startsWith("epoch-"));
      olds += epoch == 1 ? 1 : 0;
      news += epoch == 2 ? 1 : 0;
      survived++;
    }
    assertThat(warnings).isEmpty();
    assertThat(olds).isGreaterThan(5);
    assertThat(news).isGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("places")
  void killedAnywhereWhileItIsReplacedItIsTheOldOneOrTheNewOne(Path directory) throws IOException {
    int survived = 0;
    boolean died = true;
    while (died) {
      Path run = new Path(directory, "killed-at-" + survived);
      FileSystem fileSystem = Places.fileSystem(run);
      store(run).save(Checkpoints.network(1), Checkpoints.state(1, 0));
      try {
        store(new DyingFileSystem(fileSystem, survived), run, 3)
            .save(Checkpoints.network(10), Checkpoints.state(1, 1));
        died = false;
      } catch (UncheckedIOException e) {
        assertThat(e).hasMessageContaining("killed");
      }

      new AtomicFiles(fileSystem, () -> {}).recover(run);
      Optional<CheckpointStore.Restored> restored = store(run).latest();

      int number = restored.orElseThrow().network().getIterationCount() / 600;
      assertThat(number).isIn(1, 10);
      Checkpoints.assertSame(restored.get(), Checkpoints.network(number));
      assertThat(names(run)).containsExactly("epoch-000001");
      survived++;
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void keepingNothingIsRefused() {
    assertThatThrownBy(() -> store(Places.fileSystem(Places.local()), Places.local(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
