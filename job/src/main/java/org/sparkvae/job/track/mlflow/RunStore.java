package org.sparkvae.job.track.mlflow;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where MLflow keeps runs: one of them is written at a time. */
sealed interface RunStore permits ServerStore, FolderStore {
  /** What is said of a run that is not there. */
  static IOException missing(String id) {
    return new IOException(
        "there is no run %s, which tracking.json of the run directory names; delete that file for another"
            .formatted(id));
  }

  /** A value of a metric at a step, and when that was, in milliseconds since 1970. */
  record Point(String metric, double value, long millis, long step) {}

  /** How a run stands, as MLflow names it. */
  enum Status {
    RUNNING(1),
    FINISHED(3),
    FAILED(4);

    private final int number;

    Status(int number) {
      this.number = number;
    }

    /** The number in files. */
    int number() {
      return number;
    }
  }

  /**
   * Makes a run, and the experiment where there is none of its name.
   *
   * @return the run's id
   */
  String create(String experiment, String name, Map<String, String> tags) throws IOException;

  /**
   * Goes on with a run.
   *
   * @throws IOException also where there is none of this id
   */
  void reopen(String id) throws IOException;

  /** Settings of the run; a second value of one is refused by MLflow. */
  void parameters(Map<String, String> values) throws IOException;

  /** Adds values to metrics. */
  void metrics(List<Point> points) throws IOException;

  /** Why no file can be stored, if so. */
  Optional<String> refusesFiles();

  /** Stores a file, in place of the one that is there. */
  void file(String path, byte[] content) throws IOException;

  /** Ends the run for now. */
  void end(Status status) throws IOException;
}
