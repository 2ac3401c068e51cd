package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
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
 * @param compute what tasks compute on
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
    ReportSettings report,
    ComputeSettings compute) {

  /** The same, in the records and in the configuration, with another number of shards. */
  public JobSettings withShards(int number) {
    return new JobSettings(
        config.withValue("data.shards", ConfigValueFactory.fromAnyRef(number)),
        pipeline,
        seed,
        run,
        data.withShards(number),
        model,
        training,
        evaluation,
        report,
        compute);
  }

  /** Whether a stage is in the pipeline. */
  public boolean does(Stage stage) {
    return pipeline.contains(stage);
  }

  /** A stage of the pipeline. */
  public enum Stage {
    /** Trains the model. */
    TRAIN,
    /** Estimates log p(x) of the test images. */
    EVALUATE
  }
}
