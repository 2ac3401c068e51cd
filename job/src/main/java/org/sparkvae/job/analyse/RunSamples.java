package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.Generation;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * What the models of other runs make up, in cells of a table: each the first samples of its own
 * {@code pictures/samples.png}, as p(x|z), as its most probable image, and as a draw of it.
 */
final class RunSamples {
  private static final String MODEL = "model_in_words";
  private static final String MISSING = "why_no_samples";
  private static final String SAMPLES = "samples";
  private static final String MEAN = "mean";
  private static final String MOST_PROBABLE = "most_probable";
  private static final String DRAW = "draw";
  private static final DataType IMAGE = createArrayType(FloatType, false);
  private static final StructType SAMPLE =
      new StructType()
          .add(MEAN, IMAGE, false)
          .add(MOST_PROBABLE, IMAGE, true)
          .add(DRAW, IMAGE, false);

  private RunSamples() {}

  /** Adds the columns: the model in words, why there are no samples, and samples; or nulls. */
  static StructType addTo(StructType columns) {
    return columns
        .add(MODEL, StringType, true)
        .add(MISSING, StringType, true)
        .add(SAMPLES, createArrayType(SAMPLE, false), true);
  }

  /**
   * The cells of a run.
   *
   * @param directory of the run
   * @param count samples; its model is not read where that is 0
   */
  static List<Object> cells(Subject subject, String directory, int count) {
    if (count == 0) {
      return Arrays.asList(null, null, null);
    }
    Archive.OtherModel other;
    try {
      other = subject.archive().model(directory);
    } catch (AnalysisException unreadable) {
      return Arrays.asList(null, unreadable.getMessage(), null);
    }
    ImageModel spec = other.spec();
    String words = spec.model().summary(spec.x());
    Shape own = subject.model().x();
    if (!spec.x().equals(own)) {
      String missing =
          "its images are of %s, and this run's of %s".formatted(text(spec.x()), text(own));
      return Arrays.asList(words, missing, null);
    }
    float[][][] made = subject.inTask(other, model -> made(model, count));
    boolean ofBits = spec.model().support() == Support.BITS;
    Row[] samples = new Row[count];
    for (int i = 0; i < count; i++) {
      float[] mean = made[0][i];
      float[] mostProbable = ofBits ? Generation.mostProbable(mean) : null;
      samples[i] = RowFactory.create(mean, mostProbable, made[1][i]);
    }
    return Arrays.asList(words, null, samples);
  }

  private static String text(Shape x) {
    return "%d x %d x %d values".formatted(x.height(), x.width(), x.channels());
  }

  /** Means of p(x|z), and draws of it. */
  private static float[][][] made(ModelHere model, int count) {
    long key = Noise.key(model.seed(), Noise.Purpose.PRIOR, 0, 0);
    Generation.Images made =
        new Generation(model.spec(), model.parameters(), count).of(key, 0, count);
    return new float[][][] {made.means(), made.draws()};
  }

  /** The model in words, where it was read. */
  static Optional<String> model(Row run) {
    return Optional.ofNullable(run.getAs(MODEL));
  }

  /** Why it has no samples, where some were asked for. */
  static Optional<String> missing(Row run) {
    return Optional.ofNullable(run.getAs(MISSING));
  }

  /** Its samples, a strip a kind of image; none where it has none. */
  static List<Sheet.Strip> strips(Row run) {
    if (run.getAs(SAMPLES) == null) {
      return List.of();
    }
    List<Row> samples = run.getList(run.fieldIndex(SAMPLES));
    List<Sheet.Strip> strips = new ArrayList<>();
    strips.add(strip("mean", MEAN, samples));
    if (!samples.get(0).isNullAt(samples.get(0).fieldIndex(MOST_PROBABLE))) {
      strips.add(strip("most probable", MOST_PROBABLE, samples));
    }
    strips.add(strip("draw", DRAW, samples));
    return strips;
  }

  private static Sheet.Strip strip(String name, String column, List<Row> samples) {
    return new Sheet.Strip(
        name, samples.stream().map(sample -> Values.floats(sample, column)).toList());
  }
}
