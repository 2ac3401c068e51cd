package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import java.util.List;

/**
 * All settings of a job, checked.
 *
 * @param config the resolved configuration the records were read from (all of reference.conf's
 *     keys)
 * @param pipeline what runs, in order
 * @param seed seed of all randomness
 * @param run the run directory
 * @param data images
 * @param model the VAE
 * @param training optimisation
 * @param evaluation the importance-sampling pass
 * @param report pictures and progress
 */
public record JobSettings(
    Config config,
    List<Stage> pipeline,
    long seed,
    RunSettings run,
    DataSettings data,
    ModelSettings model,
    TrainingSettings training,
    EvaluationSettings evaluation,
    ReportSettings report) {

  /** A stage of the pipeline. */
  public enum Stage {
    /** Trains the model. */
    TRAIN,
    /** Estimates log p(x) of the test images. */
    EVALUATE
  }
}
