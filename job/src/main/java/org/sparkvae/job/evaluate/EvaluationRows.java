package org.sparkvae.job.evaluate;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of {@code evaluation.parquet}, and an image's score as such a row. */
public final class EvaluationRows {
  private static final StructType POINT =
      new StructType().add("samples", IntegerType, false).add("bound", DoubleType, false);

  /**
   * The columns, named as {@link ImageScore}'s components; {@code label} is null where there is
   * none, {@code standard_error} for K = 1.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", LongType, false)
          .add("label", IntegerType, true)
          .add("log_likelihood", DoubleType, false)
          .add("standard_error", DoubleType, true)
          .add("effective_samples", DoubleType, false)
          .add("elbo", DoubleType, false)
          .add("reconstruction", DoubleType, false)
          .add("kl", DoubleType, false)
          .add("curve", DataTypes.createArrayType(POINT, false), false)
          .add("posterior_mean", DataTypes.createArrayType(FloatType, false), false)
          .add("posterior_standard_deviation", DataTypes.createArrayType(FloatType, false), false);

  private EvaluationRows() {}

  /** A score as a row. */
  static Row of(ImageScore score) {
    return RowFactory.create(
        score.id(),
        score.label() < 0 ? null : score.label(),
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
}
