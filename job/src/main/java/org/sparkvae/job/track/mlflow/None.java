package org.sparkvae.job.track.mlflow;

import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.track.Tracker;

/** MLflow is not told. */
public record None() implements Mlflow {
  @Override
  public Optional<Tracker> tracker(Map<String, String> environment) {
    return Optional.empty();
  }
}
