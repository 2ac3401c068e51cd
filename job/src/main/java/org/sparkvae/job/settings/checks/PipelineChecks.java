package org.sparkvae.job.settings.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.vae.Contradiction;

/** Whether the stages of a pipeline have what they need. */
final class PipelineChecks {
  /** What a stage reads. */
  private record Need(String stage, ImageSource source, String key, String otherwise) {
    static Need ofTest(String stage, DataSettings data) {
      return new Need(stage, data.test(), "data.test.source", "[train]");
    }

    Optional<Contradiction> in(JobSettings settings) {
      return Written.refuseIf(
          settings.pipeline().contains(stage) && source instanceof ImageSource.None,
          key,
          "is none, but the pipeline holds %s; set the source, or pipeline = %s"
              .formatted(stage, otherwise));
    }
  }

  private PipelineChecks() {}

  static Optional<Contradiction> sources(Written written) {
    JobSettings settings = written.settings();
    DataSettings data = settings.data();
    Need training =
        new Need(Stage.TRAIN.toString(), data.train(), "data.train.source", "[evaluate]");
    Stream<Need> ofImages =
        settings.applications().stream()
            .filter(OfImages.class::isInstance)
            .map(Application::name)
            .map(name -> Need.ofTest(name, data));
    return Stream.of(
            training.in(settings),
            Need.ofTest(Stage.EVALUATE.toString(), data).in(settings),
            Need.ofTest(Stage.ANALYSE.toString(), data).in(settings),
            trainingImages(settings),
            ofImages.flatMap(need -> need.in(settings).stream()).findFirst())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Contradiction> trainingImages(JobSettings settings) {
    if (!settings.needsTrainingImages() || !(settings.data().train() instanceof ImageSource.None)) {
      return Optional.empty();
    }
    String kind =
        settings.analyse().kinds().stream()
            .filter(Analysis::needsTrainingImages)
            .findFirst()
            .orElseThrow()
            .name();
    return Written.refuse(
        "data.train.source",
        "is none, but analyse.kinds holds %s, which needs the training images; set the source, or leave it out"
            .formatted(kind));
  }

  static Optional<Contradiction> mode(Written written) {
    JobSettings settings = written.settings();
    return Written.refuseIf(
        settings.run().mode() == RunSettings.Mode.OVERWRITE && !settings.does(Stage.TRAIN),
        "run.mode",
        "is overwrite, which deletes the trained model, but the pipeline does not hold train; set"
            + " it to resume: another evaluation goes beside the one that is there");
  }

  static Optional<Contradiction> evaluationDirectory(Written written) {
    JobSettings settings = written.settings();
    return Written.refuseIf(
        !settings.run().evaluationDirectory().isEmpty()
            && !settings.pipeline().equals(List.of(Stage.EVALUATE.toString())),
        "evaluation.directory",
        "is set, but a pipeline that trains evaluates in its run directory; leave it out, or set"
            + " pipeline = [evaluate]");
  }
}
