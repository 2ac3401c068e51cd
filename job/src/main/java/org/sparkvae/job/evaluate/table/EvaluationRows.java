package org.sparkvae.job.evaluate.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.evaluate.scoring.CurvePoint;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/** The columns of {@code evaluation.parquet}, and an image's score as such a row. */
public final class EvaluationRows {
  private static final String EVALUATION = "evaluation";

  private static final StructType POINT =
      new StructType().add("samples", IntegerType, false).add("bound", DoubleType, false);

  /**
   * The columns, named as {@link ImageScore}'s components and its name's; {@code label} is null
   * where there is none, {@code label_name} where labels are numbers, {@code id_text} where ids
   * are, {@code path} where the source gives none, {@code standard_error} for K = 1.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", LongType, false)
          .add("label", IntegerType, true)
          .add("label_name", StringType, true)
          .add("id_text", StringType, true)
          .add("path", StringType, true)
          .add("log_likelihood", DoubleType, false)
          .add("standard_error", DoubleType, true)
          .add("effective_samples", DoubleType, false)
          .add("elbo", DoubleType, false)
          .add("reconstruction", DoubleType, false)
          .add("kl", DoubleType, false)
          .add("curve", DataTypes.createArrayType(POINT, false), false)
          .add("posterior_mean", DataTypes.createArrayType(FloatType, false), false)
          .add("posterior_standard_deviation", DataTypes.createArrayType(FloatType, false), true);

  private EvaluationRows() {}

  /**
   * The rows of stored tables, in no order; columns that an earlier version did not write are null.
   * A file that is damaged or gone is a failure, whatever the session's settings let pass.
   *
   * @param tables paths as they are, no patterns
   */
  public static Dataset<Row> read(SparkSession session, List<Path> tables) {
    return session
        .read()
        .schema(SCHEMA)
        .option("ignoreCorruptFiles", false)
        .option("ignoreMissingFiles", false)
        .parquet(tables.stream().map(EvaluationRows::literal).toArray(String[]::new));
  }

  /** Spark takes a path for a pattern. */
  private static String literal(Path path) {
    return path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }

  /** The columns, the first of which says in its metadata which evaluation the rows are of. */
  public static StructType marked(String mark) {
    Metadata metadata = new MetadataBuilder().putString(EVALUATION, mark).build();
    StructField[] fields = SCHEMA.fields().clone();
    fields[0] =
        new StructField(fields[0].name(), fields[0].dataType(), fields[0].nullable(), metadata);
    return new StructType(fields);
  }

  /**
   * The mark of columns, where they have one.
   *
   * @param json the columns as Spark keeps them in a Parquet footer
   */
  static Optional<String> mark(String json) {
    Metadata metadata = ((StructType) DataType.fromJson(json)).fields()[0].metadata();
    return metadata.contains(EVALUATION)
        ? Optional.of(metadata.getString(EVALUATION))
        : Optional.empty();
  }

  /**
   * A score as a row.
   *
   * @param labelNames what labels stand for
   */
  public static Row of(ImageScore score, Map<Integer, String> labelNames) {
    return RowFactory.create(
        score.id(),
        score.label() < 0 ? null : score.label(),
        labelNames.get(score.label()),
        score.name().idText(),
        score.name().path(),
        score.logLikelihood(),
        Double.isNaN(score.standardError()) ? null : score.standardError(),
        score.effectiveSamples(),
        score.elbo(),
        score.reconstruction(),
        score.kl(),
        score.curve().stream()
            .map(point -> RowFactory.create(point.samples(), point.bound()))
            .toArray(Row[]::new),
        score.posteriorMean(),
        score.posteriorStandardDeviation());
  }

  /** A row as the score that it was, bit for bit. */
  static ImageScore score(Row row) {
    List<Row> curve = row.getList(11);
    return new ImageScore(
        row.getLong(0),
        row.isNullAt(1) ? -1 : row.getInt(1),
        new ImageName(row.getString(4), row.getString(3)),
        row.getDouble(5),
        row.isNullAt(6) ? Double.NaN : row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        curve.stream().map(point -> new CurvePoint(point.getInt(0), point.getDouble(1))).toList(),
        floats(row.getList(12)),
        row.isNullAt(13) ? null : floats(row.getList(13)));
  }

  private static float[] floats(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
