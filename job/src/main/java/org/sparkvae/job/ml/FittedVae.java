package org.sparkvae.job.ml;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.archive.NetworkArchive;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.OtherRun;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.Levels;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.Scale;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;

/**
 * A trained model with the settings of its training.
 *
 * @param network the model, and its optimiser's state
 * @param settings that it was trained with
 */
record FittedVae(MultiLayerNetwork network, JobSettings settings) {
  private static final String FROM_RUN = "VaeModel.fromRun";

  /** The network, as Deeplearning4j's {@code ModelSerializer} writes and restores it. */
  private static final String MODEL = "model.zip";

  private static final String SETTINGS = "settings.conf";

  /**
   * The model that a run was trained to, or has come to.
   *
   * @throws IllegalArgumentException where there is none, in one line
   */
  static FittedVae ofRun(String uri, SparkSession spark) {
    try {
      OtherRun run = OtherRun.open(FROM_RUN, uri, spark.sparkContext().hadoopConfiguration());
      String text = run.text(ConfigText.FILE).orElse("");
      return new FittedVae(
          run.model().network(),
          SettingsReader.stored(text, new Path(run.path(), ConfigText.FILE).toString()));
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  ImageModel spec() {
    return VaeNetwork.spec(network);
  }

  /** A copy of the flat parameter vector. */
  float[] parameters() {
    return NetworkWeights.ofModel(network);
  }

  /**
   * What an image must be to be one of the model's.
   *
   * @param scale of its values
   */
  ImageForm form(Scale scale) {
    return new ImageForm(
        shape(),
        "the model",
        settings.data().resize().mode(),
        settings.data().background(),
        new Levels(scale, "inputScale"));
  }

  private ImageShape shape() {
    Shape x = spec().x();
    return new ImageShape(x.width(), x.height(), x.channels());
  }

  /** The shape of arrays that hold images, before these are resized to the model's. */
  ImageShape arrays() {
    ImageShape shape = shape();
    return settings.data().resize().mode() != Resize.Mode.NONE
            && settings.data().train() instanceof ImageSource.Parquet table
            && ImageShape.isSane(table.width(), table.height(), shape.channels())
        ? new ImageShape(table.width(), table.height(), shape.channels())
        : shape;
  }

  /** Has the Params of a model tell of it, wherever its settings came from. */
  void describe(VaeModel model) {
    Shape x = spec().x();
    model.set(model.inputScale(), settings.data().train().scale().toString());
    model.set(model.imageWidth(), x.width());
    model.set(model.imageHeight(), x.height());
    model.set(model.imageChannels(), x.channels());
    model.set(model.binarisation(), settings.config().getString("data.binarisation"));
    model.set(model.latentDim(), spec().model().latent());
    model.set(model.hidden(), hidden());
    model.set(model.epochs(), settings.training().epochs());
    model.set(model.batchSize(), settings.training().batch());
    model.set(model.learningRate(), settings.training().rates().learningRate());
    model.set(model.shards(), settings.data().cut().shards());
    model.set(model.seed(), settings.seed());
    if (!model.isSet(model.samples()) && !spec().model().hasLogLikelihood()) {
      model.set(model.samples(), 0);
    }
  }

  /** Widths of the encoder's hidden layers; none where it has none of that kind. */
  private int[] hidden() {
    String key = "model.encoder.hidden";
    return settings.config().hasPath(key)
        ? settings.config().getIntList(key).stream().mapToInt(Integer::intValue).toArray()
        : new int[0];
  }

  /** Writes the model's files into a directory. */
  void write(FileSystem fileSystem, Path directory) throws IOException {
    write(fileSystem, new Path(directory, MODEL), NetworkArchive.write(network));
    String text = ConfigText.of(settings.config());
    write(fileSystem, new Path(directory, SETTINGS), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException where a file is missing or holds something else, in one line
   */
  static FittedVae read(FileSystem fileSystem, Path directory) throws IOException {
    Path model = new Path(directory, MODEL);
    Path settings = new Path(directory, SETTINGS);
    String text = new String(bytes(fileSystem, settings), StandardCharsets.UTF_8);
    byte[] archive = bytes(fileSystem, model);
    try {
      return new FittedVae(
          NetworkArchive.read(archive), SettingsReader.stored(text, settings.toString()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: is no model (%s); restore the file, or save the model again"
              .formatted(model, e.getMessage()),
          e);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void write(FileSystem fileSystem, Path file, byte[] content) throws IOException {
    try (OutputStream out = fileSystem.create(file, true)) {
      out.write(content);
    }
  }

  private static byte[] bytes(FileSystem fileSystem, Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          file + ": is missing; restore the file, or save the model again", e);
    }
  }
}
