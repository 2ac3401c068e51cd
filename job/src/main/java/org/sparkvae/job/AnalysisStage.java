package org.sparkvae.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.analyse.stage.Analysed;
import org.sparkvae.job.analyse.stage.Analyses;
import org.sparkvae.job.analyse.stage.AnalysisListener;
import org.sparkvae.job.analyse.stage.StoredArchive;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.checkpoint.AnalysisDirectory;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.table.CsvCopy;
import org.sparkvae.job.train.TrainedVae;

/** Finds out about a trained model what the settings ask, as far as that was not done before. */
record AnalysisStage(SparkSession spark, JobSettings settings, Messages messages) {

  private static final int NONE_YET = 0;

  /**
   * Looks for what the settings name beside the model, before there is one.
   *
   * @throws SettingsException where it is not there
   */
  void check(RunDirectory run, CheckpointStore checkpoints) {
    StoredArchive archive = new StoredArchive(spark, run, checkpoints, NONE_YET);
    for (Analysis analysis : settings.analyse().kinds()) {
      analysis
          .lacks(archive)
          .ifPresent(
              of -> {
                throw new SettingsException(
                    "analyse.%s.%s %s".formatted(analysis.name(), of.setting(), of.says()));
              });
    }
  }

  /**
   * Analyses, tells of it and draws it.
   *
   * @param test images that it is tried on
   * @return whether anything is new
   * @throws org.sparkvae.job.data.faults.DataException where the model was trained on images of
   *     another shape
   */
  boolean run(Preparation prepared, SetWithIds test, TrainedVae trained, RunDirectory run)
      throws IOException {
    EvaluationStage.requireShape(settings, test.set(), VaeNetwork.spec(trained.network()));
    AnalysisDirectory directory = run.analyses();
    AppliedModel model = ApplicationStage.model(settings, trained);
    Analysed analysed =
        new Analysed(
            model,
            test,
            prepared.data().train(),
            new StoredArchive(spark, run, prepared.checkpoints(), trained.epoch()));
    try (Analyses analyses =
        Analyses.of(spark, directory, analysed, new ConsoleListener(messages.console()))) {
      return run(analyses, directory, test.set().shape());
    }
  }

  private boolean run(Analyses analyses, AnalysisDirectory directory, ImageShape shape)
      throws IOException {
    boolean draws = messages.canDraw(settings.report());
    List<Analysis> missing = new ArrayList<>();
    for (Analysis analysis : settings.analyse().kinds()) {
      Optional<Path> place = analyses.place(analysis, draws);
      place.ifPresentOrElse(
          path -> messages.console().line("Done already; the results are in " + path),
          () -> missing.add(analysis));
    }
    for (Analysis analysis : missing) {
      List<Row> rows = analyses.run(analysis);
      if (draws) {
        analysis.draw(rows, new AnalysisSheet(directory, analysis.name(), shape));
      }
      if (settings.report().csv()) {
        csv(analysis, rows).ifPresent(text -> directory.writeCsv(analysis.name(), text));
      }
      analysis.lines(rows).forEach(messages.console()::line);
    }
    if (!missing.isEmpty()) {
      directory.markFinished();
      messages.console().line("Results in " + directory.path());
    }
    return !missing.isEmpty();
  }

  private Optional<String> csv(Analysis analysis, List<Row> rows) {
    StructType columns = analysis.columns();
    String[] images =
        Arrays.stream(columns.fields())
            .filter(column -> holdsImages(column.dataType()))
            .map(StructField::name)
            .toArray(String[]::new);
    Dataset<Row> table = spark.createDataFrame(rows, columns).drop(images);
    return CsvCopy.of(table, columns.fieldNames()[0]);
  }

  /** Of all arrays in tables of analyses, those of images alone are of floats. */
  private static boolean holdsImages(DataType type) {
    if (type instanceof ArrayType array) {
      return array.elementType().equals(DataTypes.FloatType) || holdsImages(array.elementType());
    }
    return type instanceof StructType struct
        && Arrays.stream(struct.fields()).anyMatch(field -> holdsImages(field.dataType()));
  }

  /** Shows images as progress, and what was there before in lines. */
  private record ConsoleListener(Console console) implements AnalysisListener {
    @Override
    public void progress(String kind, long done, long images) {
      console.progress(kind, done, images, "images");
    }

    @Override
    public void found(String kind, long found, long images) {
      console.line(
          String.format(
              Locale.ROOT, "Analysed already: %s of %,d of %,d images", kind, found, images));
    }

    @Override
    public void kept(String kind, Path place) {
      console.line("The analysis of " + kind + " that was there before is kept in " + place);
    }
  }
}
