package org.sparkvae.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.evaluate.EvaluationOutcome;
import org.sparkvae.job.evaluate.table.EvaluationRows;
import org.sparkvae.job.report.summary.EvaluationResult;
import org.sparkvae.job.report.summary.Results;
import org.sparkvae.job.report.summary.Speed;
import org.sparkvae.job.report.summary.Summary;
import org.sparkvae.job.report.summary.TrainingResult;
import org.sparkvae.job.report.summary.Versions;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings.StartFrom;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.table.CsvCopy;
import org.sparkvae.job.train.TrainedVae;

/**
 * What is told of a run when its stages are done: pictures, summary and the table on the console.
 *
 * @param data the images, where they were loaded
 * @param trained the model
 * @param evaluated of the test images, where they were evaluated
 * @param place where it is written
 */
record FinalReport(
    JobSettings settings,
    DataSets data,
    TrainedVae trained,
    Optional<EvaluationOutcome> evaluated,
    EvaluationDirectory place) {

  void write(SparkSession spark, Messages messages) throws IOException {
    if (messages.canDraw(settings.report())) {
      draw(spark);
    }
    if (settings.report().csv() && evaluated.isPresent()) {
      CsvCopy.of(EvaluationRows.read(spark, List.of(place.table())), "id")
          .ifPresent(text -> place.writeText(RunDirectory.EVALUATION_CSV, text));
    }
    place.writeText(RunDirectory.SUMMARY, new Summary(results(), Versions.found(), extra()).json());
  }

  void print(Messages messages) {
    evaluation().flatMap(this::collapse).ifPresent(messages::warn);
    messages.console().gradients(trained.history());
    messages.console().results(results());
  }

  /** Of one image, or without an encoder, there is no telling which units the images move. */
  private Optional<String> collapse(EvaluationResult result) {
    return settings.model().hasEncoder() && result.images() > 1 && result.activeUnits().count() == 0
        ? Optional.of(
            "no latent unit is active (0 of %d): the test images are alike or not read as they should be, or the model ignores its latent code and needs more epochs, or training.kl-warm-up"
                .formatted(result.activeUnits().all()))
        : Optional.empty();
  }

  private Results results() {
    return new Results(trainingResult(), evaluation(), settings.seed(), place.path().toString());
  }

  private Optional<EvaluationResult> evaluation() {
    return evaluated.map(of -> EvaluationStage.result(of, settings));
  }

  private void draw(SparkSession spark) throws IOException {
    Gallery gallery = new Gallery(settings, place, trained);
    gallery.ofTraining(data);
    if (evaluated.isPresent()) {
      gallery.ofEvaluation(spark, data.test().orElseThrow());
    }
  }

  private TrainingResult trainingResult() {
    double seconds = 0;
    long images = 0;
    for (EpochRecord epoch : trained.history()) {
      seconds += epoch.times().whole();
      images += epoch.work().images();
    }
    return new TrainingResult(
        VaeNetwork.objective(trained.network()).trainingImages(),
        trained.history().size(),
        settings.data().cut().shards(),
        new Speed(images / seconds, seconds));
  }

  private Map<String, Object> extra() {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("parameters", VaeNetwork.parameters(trained.network()).length());
    extra.put("model_epoch", trained.epoch());
    StartFrom start = settings.training().startFrom();
    if (!start.run().isEmpty()) {
      extra.put("start_from", Secrets.hideIn(start.run()));
      extra.put("start_from_optimiser", start.optimiser());
    }
    double density = trained.record().measure(EpochRecord.CODE_LOG_DENSITY);
    if (!Double.isNaN(density)) {
      extra.put(EpochRecord.CODE_LOG_DENSITY, density);
    }
    data.train().ifPresent(images -> extra.put("training_bytes", images.storedBytes()));
    evaluated.ifPresent(outcome -> extra.putAll(EvaluationStage.extra(outcome.summary())));
    if (evaluated.isPresent()) {
      extra.put(
          "log_likelihood_of",
          LikelihoodOf.words(
              VaeNetwork.spec(trained.network()).model(), settings.data().bits().binarisation()));
    }
    return extra;
  }
}
