package org.sparkvae.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.apply.stage.ForeignFiles;
import org.sparkvae.job.apply.stage.Masks;
import org.sparkvae.job.apply.stage.ResumableStage;
import org.sparkvae.job.apply.stage.StageListener;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.StageDirectory;
import org.sparkvae.job.checkpoint.StageElsewhere;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.table.CsvCopy;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.network.Shape;

/** Does with a trained model what a stage's settings ask, as far as that was not done before. */
record ApplicationStage(SparkSession spark, JobSettings settings, Messages messages) {
  private static final String SETTINGS = "settings";

  /**
   * Computes the table, draws it and tells of it.
   *
   * @param test the images, where they were loaded
   * @return whether anything in the run directory is new
   * @throws org.sparkvae.job.data.faults.DataException where the model was trained on images of
   *     another shape
   * @throws SettingsException where its own directory holds files of others in the way
   */
  boolean run(
      Application application,
      Optional<SetWithIds> test,
      TrainedVae trained,
      RunDirectory directory)
      throws IOException {
    test.ifPresent(
        of -> EvaluationStage.requireShape(settings, of.set(), VaeNetwork.spec(trained.network())));
    if (isOf(directory, application.directory())) {
      return run(application, test, trained, directory.stage(application.name()));
    }
    try (StageElsewhere elsewhere = elsewhere(application)) {
      run(application, test, trained, elsewhere.directory());
      return false;
    }
  }

  /**
   * Opens a directory of its own, if it has one, and gives it back.
   *
   * @throws SettingsException where it cannot be used, or holds files of others in the way
   */
  void checkPlace(Application application, RunDirectory directory) throws IOException {
    if (!isOf(directory, application.directory())) {
      elsewhere(application).close();
    }
  }

  /**
   * Looks at what is known of the images before there is a model.
   *
   * @param test the images, where they were loaded
   * @throws SettingsException where the settings do not fit their shape
   * @throws org.sparkvae.job.data.faults.DataException where their table has no such column as is
   *     needed
   */
  void checkImages(Application application, Optional<ImageSet> test) {
    if (application instanceof OfImages ofImages && test.isPresent()) {
      ofImages
          .contradiction(test.get().shape().ofModel())
          .ifPresent(
              of -> {
                throw new SettingsException(
                    "%s.%s %s".formatted(application.name(), of.setting(), of.says()));
              });
      ofImages.maskColumn().ifPresent(column -> Masks.check(spark, table().path(), column));
    }
  }

  private StageElsewhere elsewhere(Application application) throws IOException {
    StageElsewhere elsewhere =
        StageElsewhere.open(
            application.name(),
            application.directory(),
            spark.sparkContext().hadoopConfiguration(),
            spark.sparkContext().applicationId());
    try {
      requireNoForeignFiles(application, elsewhere.directory());
      return elsewhere;
    } catch (IOException | RuntimeException e) {
      elsewhere.close();
      throw e;
    }
  }

  /** Whether a stage's directory is that of the run, by whatever name. */
  private boolean isOf(RunDirectory run, String directory) {
    if (directory.equals(Application.IN_THE_RUN)) {
      return true;
    }
    try {
      Path path = new Path(directory);
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return fileSystem.makeQualified(path).equals(run.path());
    } catch (IOException | IllegalArgumentException e) {
      // Opening it tells what is wrong.
      return false;
    }
  }

  private void requireNoForeignFiles(Application application, StageDirectory place)
      throws IOException {
    Optional<String> foreign = ForeignFiles.in(place, spark.sparkContext().hadoopConfiguration());
    if (foreign.isPresent()) {
      throw new SettingsException(
          "%s.directory %s holds a %s that is not known to be of %s, which would replace it: choose another directory"
              .formatted(application.name(), place.path(), foreign.get(), application.name()));
    }
  }

  private boolean run(
      Application application, Optional<SetWithIds> test, TrainedVae trained, StageDirectory place)
      throws IOException {
    AppliedModel model = model(settings, trained);
    ResumableStage stage = ResumableStage.of(spark, application, model, test, masks(application));
    Optional<Path> found = stage.place(place);
    if (found.isPresent() && !found.get().equals(place.table())
        || found.isPresent() && isTold(place, stage, application)) {
      messages.console().line("Done already; the results are in " + found.get());
      return false;
    }
    double seconds = stage.run(place, new ConsoleListener(messages.console()));
    place.discardTold();
    Dataset<Row> table = stage.table(place);
    Map<String, Object> figures = application.figures(table);
    Shape x = model.spec().x();
    ImageShape shape = new ImageShape(x.width(), x.height(), x.channels());
    application.draw(
        table,
        figures,
        new StageSheet(place, application.name(), shape, messages.canDraw(settings.report())));
    if (settings.report().csv()) {
      CsvCopy.of(table, table.columns()[0]).ifPresent(place::writeCsv);
    }
    Map<String, Object> all = new LinkedHashMap<>(figures);
    if (seconds > 0) {
      all.put("seconds", seconds);
      all.put("images_per_second", stage.items() / seconds);
    }
    all.put("model_epoch", trained.epoch());
    all.put(SETTINGS, settings(application));
    all.put(ForeignFiles.MARK, stage.mark());
    place.writeFigures(JsonText.of(all));
    application.lines(figures).forEach(messages.console()::line);
    messages.console().line("Results in " + place.table());
    return true;
  }

  /** A trained model, as its run uses it. */
  static AppliedModel model(JobSettings settings, TrainedVae trained) {
    return new AppliedModel(
        VaeNetwork.spec(trained.network()),
        VaeNetwork.parameters(trained.network()).toFloatVector(),
        Binariser.of(settings.data(), settings.seed()),
        settings.seed());
  }

  private Optional<Masks> masks(Application application) {
    if (!(application instanceof OfImages ofImages) || ofImages.maskColumn().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Masks.read(spark, table().path(), table().idColumn(), ofImages.maskColumn().get()));
  }

  /**
   * Where there are masks: settings with another source, or without a column of ids, are refused.
   */
  private ImageSource.Parquet table() {
    return (ImageSource.Parquet) settings.data().test();
  }

  /** As they are told. */
  private static String settings(Application application) {
    return Secrets.hideIn(application.toString());
  }

  /** Whether what is told of the table is there, and is what the settings ask for. */
  private static boolean isTold(StageDirectory place, ResumableStage stage, Application application)
      throws IOException {
    Map<String, Object> told = place.figures().map(JsonText::read).orElse(new LinkedHashMap<>());
    return stage.mark().equals(told.get(ForeignFiles.MARK))
        && settings(application).equals(told.get(SETTINGS));
  }

  /** Shows images as progress, and what was there before in lines. */
  private record ConsoleListener(Console console) implements StageListener {
    @Override
    public void progress(String stage, long done, long all) {
      console.progress(stage, done, all, "images");
    }

    @Override
    public void found(String stage, long found, long all) {
      console.line(
          String.format(Locale.ROOT, "Done already: %s, %,d of %,d images", stage, found, all));
    }

    @Override
    public void kept(String stage, Path place) {
      console.line("What " + stage + " made before is kept in " + place);
    }
  }
}
