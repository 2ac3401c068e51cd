package org.sparkvae.job.track.mlflow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.track.Tracker;

/** Whether MLflow is told of a run, and where; a kind's components are its settings. */
public sealed interface Mlflow permits None, Server, Folder {
  /** What the setting {@code experiment} is. */
  String EXPERIMENT_SAYS = "The experiment that runs are put under; made where there is none.";

  /** The default of it. */
  String EXPERIMENT = "spark-vae";

  /**
   * Who tells it.
   *
   * @param environment variables of the process, which may hold MLflow's credentials
   * @return none where nobody does
   */
  Optional<Tracker> tracker(Map<String, String> environment);

  /** The folder that is written to; none where that is no folder. */
  default Optional<Path> place() {
    return Optional.empty();
  }

  /** Refuses an experiment without a name. */
  static void requireName(String experiment) {
    if (experiment.isBlank()) {
      throw new IllegalArgumentException(
          "experiment is \"\"; give it a name, such as " + EXPERIMENT);
    }
  }
}
