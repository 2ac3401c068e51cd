package org.sparkvae.job.settings.checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.vae.Contradiction;

/** Finds settings that contradict one another, before any data is seen. */
public final class Contradictions {
  private static final List<Function<Written, Optional<Contradiction>>> CHECKS =
      List.of(
          PipelineChecks::sources,
          PipelineChecks::mode,
          PipelineChecks::evaluationDirectory,
          DataChecks::validation,
          DataChecks::patience,
          DataChecks::likelihood,
          ModelChecks::model,
          TrainingChecks::objective,
          TrainingChecks::states,
          ModelChecks::withoutLogLikelihood,
          ModelChecks::estimator,
          ModelChecks::proposal,
          ModelChecks::fit,
          TrainingChecks::gradients,
          TrainingChecks::naturalGradient,
          StrategyChecks::dl4j,
          StageChecks::analyses,
          StageChecks::applications);

  private Contradictions() {}

  /**
   * The first contradiction, at its full key.
   *
   * @param texts how the setting at a full key is written
   */
  public static Optional<Contradiction> first(JobSettings settings, UnaryOperator<String> texts) {
    Written written = new Written(settings, texts);
    return CHECKS.stream().flatMap(check -> check.apply(written).stream()).findFirst();
  }
}
