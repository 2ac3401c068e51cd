package org.sparkvae.job;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;

/**
 * What stages will do with a trained model, looked at before there is one: what is wrong with their
 * settings is not to come out after days of training.
 */
record StagesAhead(SparkSession spark, JobSettings settings, Messages messages) {
  /**
   * Looks at what their settings name, before any image is read.
   *
   * @throws org.sparkvae.job.settings.SettingsException where it cannot be written to, or is not
   *     there to be read
   */
  void checkPlaces(RunDirectory directory, CheckpointStore checkpoints) throws IOException {
    if (settings.does(Stage.ANALYSE)) {
      new AnalysisStage(spark, settings, messages).check(directory, checkpoints);
    }
    ApplicationStage stage = new ApplicationStage(spark, settings, messages);
    for (Application application : settings.applications()) {
      stage.checkPlace(application, directory);
    }
  }

  /**
   * Looks at whether their settings fit the images.
   *
   * @throws org.sparkvae.job.settings.SettingsException where they do not
   * @throws org.sparkvae.job.data.faults.DataException where the images' table lacks a column
   */
  void checkImages(DataSets data) {
    ApplicationStage stage = new ApplicationStage(spark, settings, messages);
    settings.applications().forEach(application -> stage.checkImages(application, data.test()));
  }
}
