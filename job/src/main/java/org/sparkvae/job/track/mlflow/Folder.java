package org.sparkvae.job.track.mlflow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.track.Tracker;
import org.sparkvae.kinds.Setting;

/**
 * A folder as MLflow's own file store lays it out, on the driver's disk or one that is mounted
 * there, for MLflow reads no other.
 *
 * @param directory the folder
 * @param experiment of the run
 */
public record Folder(
    @Setting(
            says =
                "The folder, a path on the driver's machine: mlflow ui --backend-store-uri DIRECTORY shows it.",
            otherwise = "mlruns")
        String directory,
    @Setting(says = Mlflow.EXPERIMENT_SAYS, otherwise = Mlflow.EXPERIMENT) String experiment)
    implements Mlflow {
  /** Refuses what is no local path. */
  public Folder {
    Mlflow.requireName(experiment);
    if (directory.isBlank() || directory.matches("(?!file:)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      throw new IllegalArgumentException(
          "directory must be a path on the driver's machine, which is where MLflow reads folders; set type = server for a server");
    }
  }

  @Override
  public Optional<Tracker> tracker(Map<String, String> environment) {
    Path root = root();
    return Optional.of(
        new MlflowTracker(
            root.toString(),
            experiment,
            "check tracking.mlflow.directory, its permissions and the room there",
            new FolderStore(root)));
  }

  @Override
  public Optional<Path> place() {
    return Optional.of(root());
  }

  private Path root() {
    return Path.of(directory.replaceFirst("^file:(?://)?", "")).toAbsolutePath().normalize();
  }
}
