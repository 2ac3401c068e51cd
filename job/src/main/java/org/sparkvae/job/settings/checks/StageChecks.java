package org.sparkvae.job.settings.checks;

import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.vae.Contradiction;

/** Whether the model and the images suit what is done with a trained model. */
final class StageChecks {
  private StageChecks() {}

  static Optional<Contradiction> analyses(Written written) {
    JobSettings settings = written.settings();
    if (!settings.does(Stage.ANALYSE)) {
      return Optional.empty();
    }
    return settings.analyse().kinds().stream()
        .flatMap(analysis -> of(analysis, written))
        .findFirst();
  }

  private static Stream<Contradiction> of(Analysis analysis, Written written) {
    JobSettings settings = written.settings();
    return Stream.of(
            Written.refuseIf(
                analysis.needsLogLikelihood() && !settings.model().hasLogLikelihood(),
                "analyse.kinds",
                "holds %s, which is about log p(x), but a model of type %s has none; choose other kinds"
                    .formatted(analysis.name(), written.text("model.type"))),
            Written.refuseIf(
                analysis.needsLabels() && settings.data().test().labels().isEmpty(),
                "data.test.labels",
                "is \"\", but analyse.kinds holds %s, which needs labels; set it, or leave that out"
                    .formatted(analysis.name())),
            below(
                "analyse." + analysis.name(),
                "analyse.kinds",
                analysis.contradiction(settings.model())))
        .flatMap(Optional::stream);
  }

  static Optional<Contradiction> applications(Written written) {
    return written.settings().applications().stream()
        .flatMap(application -> of(application, written))
        .findFirst();
  }

  private static Stream<Contradiction> of(Application application, Written written) {
    Optional<String> maskColumn =
        application instanceof OfImages ofImages ? ofImages.maskColumn() : Optional.empty();
    return Stream.of(
            below(
                application.name(),
                "pipeline",
                application.contradiction(written.settings().model())),
            maskColumn.flatMap(column -> masks(column, written)))
        .flatMap(Optional::stream);
  }

  /** At the setting that is at fault, or where the whole is asked for. */
  private static Optional<Contradiction> below(
      String block, String whole, Optional<Contradiction> own) {
    return own.map(
        of ->
            of.setting().isEmpty()
                ? new Contradiction(whole, of.says())
                : new Contradiction(block + "." + of.setting(), of.says()));
  }

  /** Masks are found by the ids of a table. */
  private static Optional<Contradiction> masks(String column, Written written) {
    if (!(written.settings().data().test() instanceof ImageSource.Parquet table)) {
      return Written.refuse(
          "data.test.source",
          "is %s, but impute.missing.type is column, which needs a table: set data.test.source to parquet"
              .formatted(written.text("data.test.source")));
    }
    return Written.refuseIf(
        table.idColumn().isEmpty(),
        "data.test.id-column",
        "is \"\", but the column %s of masks is found by ids: name the column of ids"
            .formatted(column));
  }
}
