package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.function.Function;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Names;
import org.sparkvae.vae.Model;

/**
 * All settings of a job, checked.
 *
 * @param config the resolved configuration the records were read from (all of reference.conf's
 *     keys)
 * @param pipeline the names of what runs, in order
 * @param seed seed of all randomness
 * @param run the run directory
 * @param data images
 * @param model the VAE
 * @param training optimisation
 * @param evaluation the importance-sampling pass
 * @param analyse what is to be found out about the trained model
 * @param applications what else is done with the trained model, as the pipeline has it
 * @param report pictures and progress
 * @param tracking who else is told of the run
 * @param compute what tasks compute on
 */
public record JobSettings(
    Config config,
    List<String> pipeline,
    long seed,
    RunSettings run,
    DataSettings data,
    Model model,
    TrainingSettings training,
    EvaluationSettings evaluation,
    AnalysisSettings analyse,
    List<Application> applications,
    ReportSettings report,
    TrackingSettings tracking,
    ComputeSettings compute) {
  /** The stages that do something with a trained model, by name. */
  public static final List<String> APPLICATIONS = List.copyOf(Kinds.of(Application.class).keySet());

  private static final List<String> SOURCES = List.of("data.train", "data.test", "data.validation");

  /** Makes the lists immutable. */
  public JobSettings {
    pipeline = List.copyOf(pipeline);
    applications = List.copyOf(applications);
  }

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
        analyse,
        applications,
        report,
        tracking,
        compute);
  }

  /**
   * The same, in the records and in the configuration, where the colour of a source was left to the
   * images.
   *
   * @param settled the colour by its key, AUTO to leave it
   */
  public JobSettings withColours(Function<String, Colour> settled) {
    Config changed = config;
    ImageSource[] sources = {data.train(), data.test(), data.validation()};
    for (int i = 0; i < sources.length; i++) {
      String key = SOURCES.get(i) + ".colour";
      Colour colour = settled.apply(key);
      if (colour != Colour.AUTO && Colour.stored(config, key) == Colour.AUTO) {
        changed = changed.withValue(key, ConfigValueFactory.fromAnyRef(colour.toString()));
        sources[i] = sources[i].withColour(colour);
      }
    }
    return new JobSettings(
        changed,
        pipeline,
        seed,
        run,
        data.withSources(sources[0], sources[1], sources[2]),
        model,
        training,
        evaluation,
        analyse,
        applications,
        report,
        tracking,
        compute);
  }

  /** Whether a stage is in the pipeline. */
  public boolean does(Stage stage) {
    return pipeline.contains(stage.toString());
  }

  /** Whether it trains no model and leaves the run's evaluation as it is. */
  public boolean onlyApplies() {
    return !does(Stage.TRAIN) && !does(Stage.EVALUATE);
  }

  /** Whether a stage of it is about test images. */
  public boolean needsTestImages() {
    return does(Stage.EVALUATE)
        || does(Stage.ANALYSE)
        || applications.stream().anyMatch(OfImages.class::isInstance);
  }

  /** Whether a stage beside training is about training images. */
  public boolean needsTrainingImages() {
    return does(Stage.ANALYSE) && analyse.kinds().stream().anyMatch(Analysis::needsTrainingImages);
  }

  /** A stage of the pipeline that is not an {@link Application}. */
  public enum Stage {
    /** Trains the model. */
    TRAIN,
    /** Estimates log p(x) of the test images. */
    EVALUATE,
    /** Finds out more about the trained model. */
    ANALYSE;

    /** As a settings file names it. */
    @Override
    public String toString() {
      return Names.of(this);
    }
  }
}
