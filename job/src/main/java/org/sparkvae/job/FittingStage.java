package org.sparkvae.job;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.FitListener;
import org.sparkvae.job.train.FitMemory;
import org.sparkvae.job.train.Fitter;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.vae.Fit;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;

/** Fits the model of the settings, where it is fitted and not trained, and says so. */
record FittingStage(JavaSparkContext spark, JobSettings settings, Messages messages) {
  /** As the start of a run tells it. */
  static final String OBJECTIVE =
      "log p(x), fitted in one pass over the images: training.epochs has no effect";

  /** What the one epoch tells. */
  static final List<Measure> MEASURES =
      List.of(Objective.BOUND, Objective.RECONSTRUCTION, Objective.KL);

  /**
   * Refuses a fit that is not possible with these images or in this memory.
   *
   * @throws SettingsException where it is not
   */
  void check(Fit<?> fit, ImageModel spec) {
    fit.contradiction(spec.x())
        .ifPresent(
            found -> {
              throw new SettingsException("model." + found.setting() + " " + found.says());
            });
    FitMemory.of(fit, spec.x()).checkFit(spark, Backend.mostBytes());
  }

  TrainedVae run(Fit<?> fit, ImageModel spec, DataSets data, CheckpointStore checkpoints) {
    Fitter fitter =
        new Fitter(
            spark,
            settings.training(),
            Binariser.of(settings.data(), settings.seed()),
            settings.seed(),
            checkpoints,
            new ConsoleListener(messages.console()));
    return fitter.fit(spec, fit, data.train().orElseThrow(), data.validation());
  }

  /** Tells how the fit went, and its epoch, in a line each. */
  private record ConsoleListener(Console console) implements FitListener {
    @Override
    public void fitted(String course) {
      console.line("Fitted " + course);
    }

    @Override
    public void epoch(EpochRecord epochRecord, int epochs) {
      console.epoch(epochRecord, epochs);
    }
  }
}
