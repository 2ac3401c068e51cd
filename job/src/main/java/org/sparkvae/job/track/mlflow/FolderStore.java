package org.sparkvae.job.track.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A folder as MLflow's file store lays it out: {@code EXPERIMENT/meta.yaml}, and {@code
 * EXPERIMENT/RUN/} with {@code meta.yaml}, a file a parameter, metric and tag, and {@code
 * artifacts/}. A line of a metric is its time, value and step.
 */
final class FolderStore implements RunStore {
  private static final String META = "meta.yaml";
  private static final String ARTIFACTS = "artifacts";
  private static final String EXPERIMENT_ID = "experiment_id";
  private static final String ACTIVE = "active";

  /** Experiments made here have as many digits as those that MLflow makes. */
  private static final long LEAST_ID = 100_000_000_000_000_000L;

  private static final int LOCAL = 4;

  private final Path root;
  private Path run;

  FolderStore(Path root) {
    this.root = root;
  }

  @Override
  public String create(String experiment, String name, Map<String, String> tags)
      throws IOException {
    Path parent = experiment(experiment);
    String id = UUID.randomUUID().toString().replace("-", "");
    run = parent.resolve(id);
    for (String directory : List.of("params", "metrics", "tags", ARTIFACTS)) {
      Files.createDirectories(run.resolve(directory));
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      PlacedFiles.write(run.resolve("tags").resolve(tag.getKey()), tag.getValue());
    }
    Meta meta =
        Meta.empty()
            .text("artifact_uri", uri(run.resolve(ARTIFACTS)))
            .plain("end_time", "null")
            .text("entry_point_name", "")
            .text(EXPERIMENT_ID, parent.getFileName().toString())
            .text("lifecycle_stage", ACTIVE)
            .text("run_id", id)
            .text("run_name", name)
            .text("run_uuid", id)
            .text("source_name", "")
            .plain("source_type", LOCAL)
            .text("source_version", "")
            .plain("start_time", System.currentTimeMillis())
            .plain("status", Status.RUNNING.number())
            .plain("tags", "[]")
            .text("user_id", System.getProperty("user.name", ""));
    // Last: MLflow takes a directory with this file for a run.
    PlacedFiles.write(run.resolve(META), meta.yaml());
    return id;
  }

  @Override
  public void reopen(String id) throws IOException {
    run =
        directories(root)
            .map(experiment -> experiment.resolve(id))
            .filter(of -> Files.exists(of.resolve(META)))
            .findFirst()
            .orElseThrow(() -> RunStore.missing(id));
    update(Status.RUNNING, "null");
  }

  @Override
  public void parameters(Map<String, String> values) throws IOException {
    for (Map.Entry<String, String> value : values.entrySet()) {
      PlacedFiles.write(run.resolve("params").resolve(value.getKey()), value.getValue());
    }
  }

  @Override
  public void metrics(List<Point> points) throws IOException {
    for (Point point : points) {
      Files.writeString(
          run.resolve("metrics").resolve(point.metric()),
          point.millis() + " " + point.value() + " " + point.step() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  @Override
  public Optional<String> refusesFiles() {
    return Optional.empty();
  }

  @Override
  public void file(String path, byte[] content) throws IOException {
    PlacedFiles.write(run.resolve(ARTIFACTS).resolve(path), content);
  }

  @Override
  public void end(Status status) throws IOException {
    update(status, System.currentTimeMillis());
  }

  private void update(Status status, Object end) throws IOException {
    Meta meta = Meta.parse(Files.readString(run.resolve(META)));
    meta.plain("status", status.number()).plain("end_time", end);
    PlacedFiles.write(run.resolve(META), meta.yaml());
  }

  /** The directory of the experiment of a name. */
  private Path experiment(String name) throws IOException {
    Files.createDirectories(root);
    for (Path directory : directories(root).toList()) {
      Path file = directory.resolve(META);
      if (Files.exists(file)) {
        Meta meta = Meta.parse(Files.readString(file));
        if (meta.text("name").equals(name) && meta.text("lifecycle_stage").equals(ACTIVE)) {
          return directory;
        }
      }
    }
    long now = System.currentTimeMillis();
    String id = Long.toString(ThreadLocalRandom.current().nextLong(LEAST_ID, 10 * LEAST_ID - 1));
    Path made = root.resolve(id);
    Meta meta =
        Meta.empty()
            .text("artifact_location", uri(made))
            .plain("creation_time", now)
            .text(EXPERIMENT_ID, id)
            .plain("last_update_time", now)
            .text("lifecycle_stage", ACTIVE)
            .text("name", name);
    PlacedFiles.write(made.resolve(META), meta.yaml());
    return made;
  }

  private static Stream<Path> directories(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private static String uri(Path path) {
    return path.toUri().toString().replaceFirst("/$", "");
  }
}
