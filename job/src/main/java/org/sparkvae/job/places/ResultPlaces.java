package org.sparkvae.job.places;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.data.folder.FolderSource;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;

/**
 * The directories that a job writes to, which are to lie outside of the folders that it reads: at
 * its next start, pictures in these would be images.
 */
public final class ResultPlaces {
  private ResultPlaces() {}

  /**
   * Looks at their paths alone.
   *
   * @throws SettingsException for the first that lies in a folder of images
   */
  public static void check(JobSettings settings, Configuration hadoop) {
    sources(settings)
        .filter(ImageSource.Folder.class::isInstance)
        .map(ImageSource.Folder.class::cast)
        .forEach(folder -> of(settings).forEach((key, place) -> check(key, place, folder, hadoop)));
  }

  /** What the job reads. */
  private static Stream<ImageSource> sources(JobSettings settings) {
    DataSettings data = settings.data();
    Stream<ImageSource> ofTraining =
        settings.does(JobSettings.Stage.TRAIN) || settings.needsTrainingImages()
            ? Stream.of(data.train(), data.validation())
            : Stream.of();
    Stream<ImageSource> ofTest = settings.needsTestImages() ? Stream.of(data.test()) : Stream.of();
    return Stream.concat(ofTraining, ofTest);
  }

  private static void check(
      String key, String place, ImageSource.Folder folder, Configuration hadoop) {
    if (FolderSource.reads(hadoop, folder, place)) {
      throw new SettingsException(
          "%s %s lies in %s, whose pictures are read as images, and so would be those in it: name a directory outside of that folder"
              .formatted(key, place, folder.path()));
    }
  }

  /** By the keys that name them. */
  private static Map<String, String> of(JobSettings settings) {
    Map<String, String> places = ofStages(settings);
    // On the driver's disk, whatever the cluster's file system is.
    settings
        .tracking()
        .mlflow()
        .place()
        .ifPresent(folder -> places.put("tracking.mlflow.directory", "file:" + folder));
    return places;
  }

  /** Those of the run and of its stages. */
  static Map<String, String> ofStages(JobSettings settings) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("run.directory", settings.run().directory());
    if (!settings.run().evaluationDirectory().isEmpty()) {
      places.put("evaluation.directory", settings.run().evaluationDirectory());
    }
    for (Application application : settings.applications()) {
      if (!application.directory().equals(Application.IN_THE_RUN)) {
        places.put(application.name() + ".directory", application.directory());
      }
    }
    return places;
  }
}
