package org.sparkvae.job.evaluate.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.table.MarkedColumns;
import org.sparkvae.job.table.TablePath;

/** The columns of {@code evaluation.parquet}, and an image's score as such a row. */
public final class EvaluationRows {
  /** Under which the first column's metadata holds the mark of the evaluation. */
  static final String EVALUATION = "evaluation";

  private static final StructType POINT =
      new StructType().add("samples", IntegerType, false).add("bound", DoubleType, false);

  /**
   * The columns, named as the parts of an {@link ImageScore} are; {@code label} is null where there
   * is none, {@code label_name} where labels are numbers, {@code id_text} where ids are, {@code
   * path} where the source gives none, {@code standard_error} for K = 1, {@code pareto_k} where too
   * few weights tell or the largest are equal. Where log p(x) is estimated by annealed chains,
   * {@code pareto_k} and {@code curve} are null, and in tables of an earlier version {@code
   * effective_samples} and {@code reliable}.
   *
   * <p>{@code elbo}, {@code reconstruction}, {@code kl} and the columns of the posterior are of
   * what the samples were drawn from: where {@code evaluation.proposal} refines posteriors or gives
   * them heavier tails, not of the encoder's. {@code posterior_standard_deviation} is null where it
   * has no closed form, as with heavier tails; {@code exact_log_likelihood} is null where the model
   * has no log p(x) in closed form.
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
          .add("effective_samples", DoubleType, true)
          .add("pareto_k", DoubleType, true)
          .add("reliable", BooleanType, true)
          .add("elbo", DoubleType, false)
          .add("reconstruction", DoubleType, false)
          .add("kl", DoubleType, false)
          .add("curve", DataTypes.createArrayType(POINT, false), true)
          .add("posterior_mean", DataTypes.createArrayType(FloatType, false), false)
          .add("posterior_standard_deviation", DataTypes.createArrayType(FloatType, false), true)
          .add("exact_log_likelihood", DoubleType, true);

  private EvaluationRows() {}

  /**
   * The columns of a model: behind those of all, {@code posterior_mean_2} and so on, the means of
   * its stochastic layers from the second on.
   *
   * @param layers how many it has
   */
  public static StructType columns(int layers) {
    StructType columns = SCHEMA;
    for (int layer = 2; layer <= layers; layer++) {
      columns =
          columns.add("posterior_mean_" + layer, DataTypes.createArrayType(FloatType, false), true);
    }
    return columns;
  }

  /**
   * The rows of stored tables, in no order, but for layers above the first; columns that an earlier
   * version did not write are null. A file that is damaged or gone is a failure, whatever the
   * session's settings let pass.
   *
   * @param tables paths as they are, no patterns
   */
  public static Dataset<Row> read(SparkSession session, List<Path> tables) {
    return read(session, tables, 1);
  }

  /**
   * The same of all layers.
   *
   * @param layers stochastic layers of the model
   */
  static Dataset<Row> read(SparkSession session, List<Path> tables, int layers) {
    return session
        .read()
        .schema(columns(layers))
        .option("ignoreCorruptFiles", false)
        .option("ignoreMissingFiles", false)
        .parquet(tables.stream().map(TablePath::literal).toArray(String[]::new));
  }

  /**
   * The columns, the first of which says in its metadata which evaluation the rows are of.
   *
   * @param layers stochastic layers of the model
   */
  public static StructType marked(String mark, int layers) {
    return MarkedColumns.of(columns(layers), EVALUATION, mark);
  }

  /**
   * A score as a row.
   *
   * @param labelNames what labels stand for
   */
  public static Row of(ImageScore score, Map<Integer, String> labelNames) {
    Optional<ImageScore.Diagnosis> diagnosis =
        Optional.ofNullable(score.logLikelihood().diagnosis());
    List<Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        score.id(),
        score.image().label() < 0 ? null : score.image().label(),
        labelNames.get(score.image().label()),
        score.image().name().idText(),
        score.image().name().path(),
        score.logLikelihood().estimate(),
        known(score.logLikelihood().standardError()),
        diagnosis.map(ImageScore.Diagnosis::effectiveSamples).orElse(null),
        diagnosis.map(of -> known(of.paretoK())).orElse(null),
        diagnosis.map(ImageScore.Diagnosis::reliable).orElse(null),
        score.elbo().value(),
        score.elbo().reconstruction(),
        score.elbo().kl(),
        diagnosis.map(of -> points(of.curve())).filter(of -> of.length > 0).orElse(null),
        score.posterior().mean(),
        score.posterior().standardDeviation(),
        known(score.logLikelihood().exact()));
    values.addAll(score.posterior().meansAbove());
    return RowFactory.create(values.toArray());
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static Row[] points(List<CurvePoint> curve) {
    return curve.stream()
        .map(point -> RowFactory.create(point.samples(), point.bound()))
        .toArray(Row[]::new);
  }

  /** A row as the score that it was, bit for bit. */
  static ImageScore score(Row row) {
    return new ImageScore(
        new ImageScore.Image(
            row.getLong(0),
            row.isNullAt(1) ? -1 : row.getInt(1),
            new ImageName(row.getString(4), row.getString(3))),
        new ImageScore.LogLikelihood(
            row.getDouble(5),
            orNan(row, 6),
            row.isNullAt(7) ? null : diagnosis(row),
            orNan(row, 16)),
        new ImageScore.ElboParts(row.getDouble(10), row.getDouble(11), row.getDouble(12)),
        new ImageScore.PosteriorMoments(
            floats(row.getList(14)),
            row.isNullAt(15) ? null : floats(row.getList(15)),
            IntStream.range(SCHEMA.size(), row.size())
                .mapToObj(column -> floats(row.getList(column)))
                .toList()));
  }

  /** Nothing vouches for an image of a version that fitted no tail. */
  private static ImageScore.Diagnosis diagnosis(Row row) {
    List<Row> curve = row.isNullAt(13) ? List.of() : row.getList(13);
    return new ImageScore.Diagnosis(
        row.getDouble(7),
        orNan(row, 8),
        !row.isNullAt(9) && row.getBoolean(9),
        curve.stream().map(point -> new CurvePoint(point.getInt(0), point.getDouble(1))).toList());
  }

  private static double orNan(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  private static float[] floats(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
