package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.UnwritableException;

class CheckpointWriterTest {
  @TempDir private java.nio.file.Path folder;

  private final List<String> warnings = new ArrayList<>();

  private CheckpointStore store() throws IOException {
    Path directory = new Path(folder.toUri());
    AtomicFiles files = new AtomicFiles(directory.getFileSystem(new Configuration()), () -> {});
    return new CheckpointStore(files, new Path(directory, "checkpoints"), 10, warnings::add);
  }

  @Test
  void writesWhatTheNetworkWasWhenItWasGiven() throws IOException {
    MultiLayerNetwork network = Checkpoints.network(1);
    try (CheckpointWriter writer = new CheckpointWriter(store())) {
      for (int epoch = 1; epoch <= 5; epoch++) {
        VaeNetwork.parameters(network).assign(epoch);
        writer.save(network, Checkpoints.state(epoch, 0));
        VaeNetwork.parameters(network).assign(-1);
      }
      writer.await();
      for (int epoch = 1; epoch <= 5; epoch++) {
        CheckpointStore.Restored restored = store().at(epoch);
        assertThat(VaeNetwork.parameters(restored.network()).toFloatVector())
            .containsOnly((float) epoch);
        assertThat(restored.state()).isEqualTo(Checkpoints.state(epoch, 0));
      }
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void writesTheSameBytesAsTheStore() throws IOException {
    MultiLayerNetwork network = Checkpoints.network(3);
    try (CheckpointWriter writer = new CheckpointWriter(store())) {
      writer.save(network, Checkpoints.state(3, 0));
    }
    Checkpoints.assertSame(store().at(3), network);
    assertThat(store().at(3).network().getIterationCount()).isEqualTo(network.getIterationCount());
    assertThat(store().at(3).network().getLayerWiseConfigurations().toJson())
        .isEqualTo(network.getLayerWiseConfigurations().toJson());
  }

  @Test
  void closingWaitsForWhatWasBegun() throws IOException {
    try (CheckpointWriter writer = new CheckpointWriter(store())) {
      writer.save(Checkpoints.network(7), Checkpoints.state(7, 0));
    }
    assertThat(store().latest().orElseThrow().state().epoch()).isEqualTo(7);
  }

  @Test
  void tellsOnceOfACheckpointThatCouldNotBeWritten() throws IOException {
    Files.createFile(folder.resolve("checkpoints"));
    try (CheckpointWriter writer = new CheckpointWriter(store())) {
      writer.save(Checkpoints.network(1), Checkpoints.state(1, 0));
      assertThatThrownBy(() -> writer.save(Checkpoints.network(2), Checkpoints.state(2, 0)))
          .isInstanceOf(UnwritableException.class)
          .hasMessageContaining("epoch-000001");
      writer.await();
    }
  }
}
