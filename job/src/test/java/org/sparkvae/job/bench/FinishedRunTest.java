package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTimes;
import org.sparkvae.job.checkpoint.EpochWork;
import org.sparkvae.job.checkpoint.TrainingState;
import org.sparkvae.job.fixtures.Epochs;

class FinishedRunTest {
  private static final List<EpochRecord> HISTORY =
      List.of(epoch(1, 9, 1), epoch(2, 8, 1), epoch(3, 2, 1), epoch(4, 4, 3), epoch(5, 5, 4));

  @Test
  void leavesOutTheFirstTwoEpochs() {
    Measurement training = FinishedRun.training("spark-vae", 2, HISTORY);

    assertThat(training).isEqualTo(new Measurement(Phase.TRAINING, "spark-vae", 2, 250.0, 0.75));
  }

  @Test
  void aSingleEpochCounts() {
    Measurement training = FinishedRun.training("DL4J", 2, List.of(epoch(1, 4, 0)));

    assertThat(training).isEqualTo(new Measurement(Phase.TRAINING, "DL4J", 2, 250.0, null));
  }

  @Test
  void readsTheNewestCheckpointAndTheSummary(@TempDir Path directory) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int epochs = 4; epochs <= 5; epochs++) {
      Path checkpoint = directory.resolve("checkpoints/epoch-00000" + epochs);
      Files.createDirectories(checkpoint);
      List<EpochRecord> history = HISTORY.subList(0, epochs);
      json.writeValue(
          checkpoint.resolve("state.json").toFile(),
          new TrainingState(epochs, 10L * epochs, 1, history, 0, Double.NEGATIVE_INFINITY, 0));
    }
    Files.writeString(
        directory.resolve("summary.json"),
        "{\"shards\": 2, \"evaluation_images_per_second\": 61.5}");

    assertThat(new FinishedRun(directory).measurements("spark-vae"))
        .containsExactly(
            new Measurement(Phase.TRAINING, "spark-vae", 2, 250.0, 0.75),
            new Measurement(Phase.EVALUATION, "spark-vae", 2, 61.5, null));
  }

  @Test
  void anotherEvaluationHasASummaryOfItsOwn(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("summary.json"), "{\"evaluation_images_per_second\": 50.5}");

    assertThat(FinishedRun.evaluation("spark-vae refined", 2, directory))
        .contains(new Measurement(Phase.EVALUATION, "spark-vae refined", 2, 50.5, null));
  }

  private static EpochRecord epoch(int epoch, double seconds, double compute) {
    return new EpochRecord(
        epoch,
        Epochs.measures(-100, -100, -1e5, -80, 20),
        1,
        1e-3,
        Double.NaN,
        new EpochWork(1000, 10, 1),
        new EpochTimes(seconds, 0.1, compute, 0.1));
  }
}
