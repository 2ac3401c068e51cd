package org.sparkvae.job.analyse;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * How well a linear classifier tells labels apart by posterior means, against the pixels that the
 * model sees, and against as many principal components of these. A hash of the id puts a test image
 * among those that the classifiers, and the components, are fitted to, or among those that are held
 * out. A row is a representation; the last is none at all, the most common label.
 *
 * @param steps at most
 * @param penalty of the classifiers
 */
public record Separability(
    @Setting(
            says = "Steps of each classifier's fit (L-BFGS), at most.",
            otherwise = "100",
            least = 1)
        int steps,
    @Setting(
            says =
                "Half of it is the weight of the squared coefficients, of standardised values,"
                    + " against the mean log loss of an image.",
            otherwise = "0.01",
            least = 0)
        double penalty)
    implements Analysis {
  /** Their covariance takes the driver 128 MB. */
  private static final int MOST_PIXELS = 4_096;

  /** They take the driver 128 MB, and L-BFGS keeps some 20 times as many. */
  private static final long MOST_COEFFICIENTS = 1L << 24;

  private static final String VECTOR = "vector";
  private static final String FITTED = "fitted";
  private static final String LABEL = "label";
  private static final String INDEX = "label_index";
  private static final String ACCURACY = "accuracy";
  private static final String ERROR = "standard_error";
  private static final String REPRESENTATION = "representation";
  private static final String DIMENSIONS = "dimensions";
  private static final String HELD_OUT = "held_out_images";

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return OfCodes.contradiction(model, name());
  }

  @Override
  public StructType columns() {
    return new StructType()
        .add("number", LongType, false)
        .add(REPRESENTATION, StringType, false)
        .add(DIMENSIONS, IntegerType, false)
        .add("fitted_images", LongType, false)
        .add(HELD_OUT, LongType, false)
        .add(ACCURACY, DoubleType, false)
        .add(ERROR, DoubleType, false);
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  /** Images as vectors, in two parts. */
  private record Halves(Dataset<Row> fitted, Dataset<Row> held) {
    static Halves of(Dataset<Row> images, Column vector, StringIndexerModel labels) {
      Column half = pmod(xxhash64(col("id")), lit(2)).equalTo(0);
      Dataset<Row> labelled = images.where(col(LABEL).isNotNull());
      Dataset<Row> all =
          labels
              .transform(labelled.select(col(LABEL), vector.as(VECTOR), half.as(FITTED)))
              .select(INDEX, VECTOR, FITTED);
      return new Halves(all.where(col(FITTED)), all.where(col(FITTED).equalTo(false)));
    }

    /** The same images by principal components of those that are fitted to. */
    Halves components(int count) {
      PCAModel pca = new PCA().setInputCol(VECTOR).setOutputCol("pca").setK(count).fit(fitted);
      return new Halves(with(pca, fitted), with(pca, held));
    }

    private static Dataset<Row> with(PCAModel pca, Dataset<Row> images) {
      return pca.transform(images).select(col(INDEX), col("pca").as(VECTOR));
    }
  }

  @Override
  public List<Row> rows(Subject subject) {
    Dataset<Row> codes = OfCodes.atLeast(2, subject, name());
    Dataset<Row> labelled = codes.where(col(LABEL).isNotNull());
    if (labelled.isEmpty()) {
      throw new DataException(
          "analyse.separability: the images of data.test have no labels: name them (data.test.labels, or a column label), or leave separability out of analyse.kinds");
    }
    StringIndexerModel labels =
        new StringIndexer()
            .setInputCol(LABEL)
            .setOutputCol(INDEX)
            .setStringOrderType("alphabetAsc")
            .fit(labelled);
    int units = subject.model().model().latent();
    int values = subject.model().x().values();
    check(labels.labelsArray()[0].length, Math.max(units, values), labelled);
    Dataset<Row> pixels = pixels(codes, subject).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Halves ofCodes = Halves.of(codes, array_to_vector(col(OfCodes.MEAN)), labels);
      Halves ofPixels = Halves.of(pixels, array_to_vector(col("values")), labels);
      List<Row> rows = new ArrayList<>();
      rows.add(row(0, "posterior means", units, ofCodes));
      rows.add(row(1, "pixels", values, ofPixels));
      if (values <= MOST_PIXELS) {
        int components = Math.min(units, values);
        rows.add(
            row(2, "principal components of pixels", components, ofPixels.components(components)));
      }
      rows.add(mostCommon(3, ofCodes));
      return rows;
    } finally {
      pixels.unpersist();
    }
  }

  private static void check(int labels, int dimensions, Dataset<Row> labelled) {
    if (labels == 1) {
      Row image = labelled.select("label_name", LABEL).head();
      throw new DataException(
          "analyse.separability: all %s of data.test with a label have the label %s: take images of two labels or more (data.test.limit takes the first images), or leave separability out of analyse.kinds"
              .formatted(
                  Readable.count(labelled.count(), "image"), image.get(image.isNullAt(0) ? 1 : 0)));
    }
    check(labels, dimensions);
  }

  /** Refuses classifiers that would take the driver's memory. */
  static void check(int labels, int dimensions) {
    // Of two labels, one has coefficients.
    long coefficients = (labels == 2 ? 1 : labels) * (dimensions + 1L);
    if (coefficients > MOST_COEFFICIENTS) {
      throw new DataException(
          "analyse.separability: data.test has %s, and a classifier of %s has %s coefficients, more than the %s that the driver can have: take images of fewer labels or smaller ones (data.resize), or leave separability out of analyse.kinds"
              .formatted(
                  Readable.count(labels, "label"),
                  Readable.count(dimensions, "value"),
                  Readable.count(coefficients),
                  Readable.count(MOST_COEFFICIENTS)));
    }
  }

  private static Dataset<Row> pixels(Dataset<Row> codes, Subject subject) {
    StructType columns =
        new StructType()
            .add("id", LongType, false)
            .add(LABEL, IntegerType, true)
            .add("values", createArrayType(FloatType, false), false);
    return codes
        .sparkSession()
        .createDataFrame(
            subject
                .testImages()
                .map(
                    image ->
                        RowFactory.create(
                            image.id(), image.label() < 0 ? null : image.label(), image.values())),
            columns);
  }

  private Row row(long number, String name, int dimensions, Halves halves) {
    if (halves.fitted().select(INDEX).distinct().count() < 2 || halves.held().isEmpty()) {
      throw new DataException(
          "analyse.separability: data.test has too few images with labels to fit a classifier to half of them: take more, or leave separability out of analyse.kinds");
    }
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFeaturesCol(VECTOR)
            .setLabelCol(INDEX)
            .setMaxIter(steps)
            .setRegParam(penalty)
            .fit(halves.fitted());
    Dataset<Row> told = model.transform(halves.held());
    long right = told.where(col("prediction").equalTo(col(INDEX))).count();
    return row(number, name, dimensions, halves, right);
  }

  private static Row mostCommon(long number, Halves halves) {
    double label =
        halves
            .fitted()
            .groupBy(INDEX)
            .count()
            .orderBy(col("count").desc(), col(INDEX))
            .head()
            .getDouble(0);
    return row(
        number,
        "the most common label",
        0,
        halves,
        halves.held().where(col(INDEX).equalTo(label)).count());
  }

  private static Row row(long number, String name, int dimensions, Halves halves, long right) {
    long held = halves.held().count();
    double accuracy = (double) right / held;
    return RowFactory.create(
        number,
        name,
        dimensions,
        halves.fitted().count(),
        held,
        accuracy,
        Math.sqrt(accuracy * (1 - accuracy) / held));
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put(HELD_OUT, rows.get(0).getAs(HELD_OUT));
    for (Row row : rows) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put(DIMENSIONS, row.getAs(DIMENSIONS));
      own.put(ACCURACY, row.getAs(ACCURACY));
      own.put(ERROR, row.getAs(ERROR));
      figures.put(row.<String>getAs(REPRESENTATION).replace(' ', '_'), own);
    }
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Separability: accuracy of a linear classifier on %s held out"
            .formatted(Readable.count(rows.get(0).<Long>getAs(HELD_OUT), "test image")));
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-32s %6d dimensions  %5.1f %% +- %.1f",
              row.<String>getAs(REPRESENTATION),
              row.<Integer>getAs(DIMENSIONS),
              100 * row.<Double>getAs(ACCURACY),
              100 * row.<Double>getAs(ERROR)));
    }
    return lines;
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    sheet.bars(
        "How well a linear classifier tells labels apart",
        "images of those held out that get the right label, per cent",
        1,
        rows.stream()
            .map(row -> new Sheet.Bar(row.getAs(REPRESENTATION), 100 * row.<Double>getAs(ACCURACY)))
            .toList());
  }
}
