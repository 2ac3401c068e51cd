package org.sparkvae.job.ml;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkvae.job.BareTraining;
import org.sparkvae.job.JobStages;
import org.sparkvae.job.compute.ComputeConf;
import org.sparkvae.job.compute.NativeLibraries;
import org.sparkvae.job.data.TableOpener;
import org.sparkvae.job.data.conversion.Levels;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.parquet.DatasetImages;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.data.source.SourceRole;
import org.sparkvae.job.evaluate.Slicing;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.Secrets;
import org.sparkvae.job.settings.reading.Warnings;

/** One fit: the job's training, of which the Dataset is the table of training images. */
final class Fitting {
  private static final Logger LOG = LoggerFactory.getLogger(VaeEstimator.class);
  private static final String SERIALIZER = "spark.serializer";

  /** Spark's local property of what the jobs of a thread are for. */
  private static final String DESCRIPTION = "spark.job.description";

  private final VaeEstimator params;
  private final Dataset<Row> images;
  private final SparkSession spark;
  private final PrintStream out = LogLines.to(LOG::info);
  private final PrintStream err = LogLines.to(LOG::warn);

  /**
   * A fit.
   *
   * @param dataset that has the columns that the Params name
   */
  Fitting(VaeEstimator params, Dataset<Row> dataset) {
    this.params = params;
    this.spark = dataset.sparkSession();
    this.images = columns(params, dataset);
  }

  /**
   * Trains, and says so in the log.
   *
   * @throws IllegalArgumentException where settings or images are wrong, in one line
   */
  FittedVae run() {
    String description = spark.sparkContext().getLocalProperty(DESCRIPTION);
    try {
      requireSerializer(spark.sparkContext().getConf());
      NativeLibraries.prepare();
      return params.getCheckpointDirectory().isEmpty() ? train() : resume();
    } catch (SettingsException | DataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } finally {
      // Training describes jobs of its own, and then takes the description away.
      spark.sparkContext().setJobDescription(description);
    }
  }

  /** In a directory of the driver that goes with the fit. */
  private FittedVae train() throws IOException {
    Path directory = Files.createTempDirectory("spark-vae-fit");
    try {
      JobSettings settings = settings("Dataset", location(directory));
      BareTraining.Outcome outcome = new BareTraining(out, err, this::open).run(spark, settings);
      return new FittedVae(outcome.network(), outcome.settings());
    } finally {
      FileUtils.deleteQuietly(new File(directory.toString()));
    }
  }

  /** As Hadoop reads it, which takes a URI of text as it stands, and decodes nothing. */
  static String location(Path directory) {
    return new org.apache.hadoop.fs.Path(directory.toUri()).toString();
  }

  /** As the job does; a Dataset of other rows is another run's. */
  private FittedVae resume() throws IOException {
    String directory = params.getCheckpointDirectory();
    JobSettings settings = settings(fingerprint(), directory);
    new JobStages(out, err, Slicing.STANDARD, this::open).run(spark, settings);
    return FittedVae.ofRun(directory, spark);
  }

  private JobSettings settings(String table, String directory) {
    FitSettings.Place place =
        new FitSettings.Place(table, directory, ComputeConf.read(spark.sparkContext().getConf()));
    JobSettings settings = withShape(new FitSettings(params, place));
    Warnings.of(settings).forEach(line -> err.println(Secrets.hideIn(line)));
    return settings;
  }

  /** Of arrays that are resized, the model would not tell what shape they have. */
  private JobSettings withShape(FitSettings asked) {
    JobSettings settings = asked.read();
    ImageSource.Parquet source = (ImageSource.Parquet) settings.data().train();
    if (settings.data().resize().mode() == Resize.Mode.NONE
        || source.width() > 0
        || !(images.schema().apply(source.column()).dataType() instanceof ArrayType)) {
      return settings;
    }
    Reading reading = Reading.of(settings.data(), SourceRole.TRAINING, source, source.colour());
    return asked.read(DatasetImages.shape(images, source, reading));
  }

  /** The Dataset under its name, tables of the settings under theirs. */
  private OpenSource open(SparkSession session, ImageSource.Parquet table, Reading reading) {
    if (!reading.block().equals("data.train")) {
      return TableOpener.PARQUET.open(session, table, reading);
    }
    Reading ofParam =
        new Reading(
            reading.block(),
            reading.colour(),
            new Levels(table.scale(), "inputScale"),
            reading.background(),
            reading.resize());
    return DatasetImages.open(images, table, ofParam);
  }

  /** Rows by number and content, in any order. */
  private String fingerprint() {
    Column[] all = Arrays.stream(images.columns()).map(OutputColumns::named).toArray(Column[]::new);
    Row row = images.agg(count(lit(1)), sum(xxhash64(all).cast("decimal(20, 0)"))).first();
    BigDecimal hashes = row.isNullAt(1) ? BigDecimal.ZERO : row.getDecimal(1);
    return "Dataset of " + row.getLong(0) + " rows, " + hashes.toBigInteger().toString(16);
  }

  private static Dataset<Row> columns(VaeEstimator params, Dataset<Row> dataset) {
    String features = params.getFeaturesCol();
    Column cell = OutputColumns.named(features);
    boolean vector = OutputColumns.isVector(dataset.schema().apply(features).dataType());
    List<Column> columns = new ArrayList<>();
    columns.add((vector ? vector_to_array(cell, "float64") : cell).as(features));
    String id = params.getIdCol();
    if (!id.isEmpty()) {
      columns.add(OutputColumns.named(id));
    }
    return dataset.select(columns.toArray(Column[]::new));
  }

  /** What tasks of training return are records. */
  static void requireSerializer(SparkConf conf) {
    String serializer = conf.get(SERIALIZER, JavaSerializer.class.getName());
    if (!serializer.equals(JavaSerializer.class.getName())) {
      throw new IllegalArgumentException(
          "%s is %s, which cannot write what training's tasks return: leave it out of the session's configuration"
              .formatted(SERIALIZER, serializer));
    }
  }
}
