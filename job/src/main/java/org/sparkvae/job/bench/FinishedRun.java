package org.sparkvae.job.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.StateJson;

/**
 * The speeds of a finished run of the job, from its directory on this machine.
 *
 * @param directory the run directory
 */
record FinishedRun(Path directory) {
  private static final int WARM_UP_EPOCHS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Training by the median epoch, and evaluation where the run did one.
   *
   * @param engine the name it goes by
   * @throws IOException where the run is not finished, or cannot be read
   */
  List<Measurement> measurements(String engine) throws IOException {
    JsonNode summary = JSON.readTree(directory.resolve("summary.json").toFile());
    int shards = summary.get("shards").asInt();
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(training(engine, shards, history()));
    evaluation(engine, shards, directory).ifPresent(measurements::add);
    return measurements;
  }

  /**
   * The speed of an evaluation, where there was one.
   *
   * @param directory of a run, or of another evaluation of it
   * @throws IOException where its summary cannot be read
   */
  static Optional<Measurement> evaluation(String engine, int workers, Path directory)
      throws IOException {
    JsonNode summary = JSON.readTree(directory.resolve("summary.json").toFile());
    JsonNode rate = summary.path("evaluation_images_per_second");
    return rate.isNumber()
        ? Optional.of(new Measurement(Phase.EVALUATION, engine, workers, rate.asDouble(), null))
        : Optional.empty();
  }

  /** The first two epochs are left out, as far as one is left: the JIT compiler works in them. */
  static Measurement training(String engine, int shards, List<EpochRecord> history) {
    List<EpochRecord> epochs =
        history.subList(Math.min(WARM_UP_EPOCHS, history.size() - 1), history.size());
    double rate =
        Spread.of(epochs.stream().mapToDouble(EpochRecord::imagesPerSecond).toArray()).median();
    // Deeplearning4j's master does not tell how long its workers computed.
    boolean timed = epochs.stream().allMatch(epoch -> epoch.times().compute() > 0);
    Double share =
        timed
            ? Spread.of(
                    epochs.stream()
                        .mapToDouble(e -> e.times().compute() / e.times().whole())
                        .toArray())
                .median()
            : null;
    return new Measurement(Phase.TRAINING, engine, shards, rate, share);
  }

  /**
   * Where the time of its rounds went.
   *
   * @param series what is varied
   * @param every minibatch steps of a shard in a round
   * @throws IOException where the run is not finished, or cannot be read
   */
  GrowthRow growth(String series, int every) throws IOException {
    JsonNode summary = JSON.readTree(directory.resolve("summary.json").toFile());
    double imageBytes =
        summary.path("training_bytes").asDouble() / summary.get("training_images").asLong();
    return GrowthRow.of(
        series,
        summary.get("parameters").asLong(),
        summary.get("shards").asInt(),
        every,
        imageBytes,
        history());
  }

  private List<EpochRecord> history() throws IOException {
    try (Stream<Path> checkpoints = Files.list(directory.resolve("checkpoints"))) {
      Path last =
          checkpoints
              .filter(path -> path.getFileName().toString().startsWith("epoch-"))
              .max(Comparator.naturalOrder())
              .orElseThrow(() -> new IOException("no checkpoint in " + directory));
      return StateJson.read(Files.readAllBytes(last.resolve("state.json"))).history();
    }
  }
}
