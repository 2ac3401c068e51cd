package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fixtures.Tiny;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.optimiser.NaturalGradient;

/** Training along natural gradients, whose factors are a part of the optimiser's state. */
@ExtendWith(TwoSlots.class)
class NaturalTrainingTest {
  /** With inversions in the midst of epochs. */
  private static final NaturalGradient NATURAL = new NaturalGradient(0.5, 1e-2, 0.1, 0.9, 2, 4);

  @TempDir private Path folder;
  private final List<RunDirectory> open = new ArrayList<>();

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void round(int epoch, int epochs, int round, int rounds) {}

        @Override
        public void epoch(EpochRecord record, int epochs) {}
      };

  private CheckpointStore store(String name) {
    RunDirectory directory =
        RunDirectory.open(folder.resolve(name).toUri().toString(), new Configuration(), "test");
    open.add(directory);
    return directory.checkpoints(2, warning -> {});
  }

  @AfterEach
  void close() throws IOException {
    for (RunDirectory directory : open) {
      directory.close();
    }
  }

  private TrainedVae train(int epochs, CheckpointStore into) {
    return train(NATURAL, epochs, into);
  }

  private TrainedVae train(NaturalGradient natural, int epochs, CheckpointStore into) {
    ImageSet images = Tiny.images(31, 30);
    return new Trainer(
            TwoSlots.context(),
            TinyTraining.epochs(epochs).optimiser(natural).settings(),
            Tiny.BINARISER,
            Tiny.SEED,
            into,
            listener)
        .train(
            Tiny.MODEL,
            new TrainingImages(generation -> images, 0, Optional.empty(), Tiny::meanImage));
  }

  /** Without damping, and with more parameters than images. */
  @Test
  void saysWhereFactorsCannotBeInverted() {
    NaturalGradient undamped = new NaturalGradient(0.5, 0, 0.1, 0.9, 2, 4);

    assertThatThrownBy(() -> train(undamped, 1, store("undamped")))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("training diverged in epoch 1, round 1, shard 0, step 1 of the")
        .hasMessageEndingWith(
            ": the Fisher information of a layer cannot be inverted; raise"
                + " training.optimiser.damping, or lower training.optimiser.learning-rate");
  }

  @Test
  void resumingEqualsGoingOnBitForBitInFactorsAndInversesToo() {
    CheckpointStore store = store("gone-on");
    train(2, store);
    Weights goneOn = NetworkWeights.read(train(4, store).network());
    TrainedVae atOnce = train(4, store("at-once"));

    Weights expected = NetworkWeights.read(atOnce.network());
    assertThat(goneOn.parameters()).isEqualTo(expected.parameters());
    assertThat(goneOn.state()).isEqualTo(expected.state());
    assertThat(expected.state()).hasSizeGreaterThan(expected.parameters().length);
    List<EpochRecord> history = atOnce.history();
    assertThat(history.get(3).bound()).isGreaterThan(history.get(0).bound());
  }

  /** Where a slot is taken, the driver averages, and not the tasks among themselves. */
  @Test
  void whoeverAveragesTheBitsAreTheSame() throws InterruptedException {
    Weights amongTasks = NetworkWeights.read(train(2, store("tasks")).network());
    List<Weights> byDriver = new ArrayList<>();
    TwoSlots.withOneSlot(
        () -> byDriver.add(NetworkWeights.read(train(2, store("driver")).network())));

    assertThat(byDriver.get(0).parameters()).isEqualTo(amongTasks.parameters());
    assertThat(byDriver.get(0).state()).isEqualTo(amongTasks.state());
  }
}
