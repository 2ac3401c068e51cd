package org.sparkvae.job.ml;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.parquet.DatasetImages;
import org.sparkvae.vae.Model;

/**
 * The columns that {@code transform} adds, and the one that it reads.
 *
 * @param features the column of images
 * @param added those that are wanted, in order
 */
record OutputColumns(String features, List<Added> added) {
  /** What a column holds. */
  enum Kind {
    LATENT,
    LOG_LIKELIHOOD,
    STANDARD_ERROR,
    RELIABLE,
    RECONSTRUCTION;

    boolean isOfSamples() {
      return this == LOG_LIKELIHOOD || this == STANDARD_ERROR || this == RELIABLE;
    }
  }

  /**
   * A column.
   *
   * @param kind what it holds
   * @param param that names it
   */
  record Added(Kind kind, String param, StructField field) {}

  /** Those that Params name. */
  static OutputColumns of(TransformParams<?> params) {
    List<Added> added = new ArrayList<>();
    add(added, params, Kind.LATENT, "latentCol", SQLDataTypes.VectorType());
    add(added, params, Kind.LOG_LIKELIHOOD, "logLikelihoodCol", DataTypes.DoubleType);
    add(added, params, Kind.STANDARD_ERROR, "standardErrorCol", DataTypes.DoubleType);
    add(added, params, Kind.RELIABLE, "reliableCol", DataTypes.BooleanType);
    add(added, params, Kind.RECONSTRUCTION, "reconstructionCol", SQLDataTypes.VectorType());
    return new OutputColumns(params.getFeaturesCol(), List.copyOf(added));
  }

  private static void add(
      List<Added> added, TransformParams<?> params, Kind kind, String param, DataType type) {
    String name = (String) params.getOrDefault(params.getParam(param));
    if (!name.isEmpty() && (params.getSamples() > 0 || !kind.isOfSamples())) {
      added.add(new Added(kind, param, DataTypes.createStructField(name, type, false)));
    }
  }

  /** Those that are not of log p(x). */
  OutputColumns withoutSamples() {
    return new OutputColumns(
        features, added.stream().filter(column -> !column.kind().isOfSamples()).toList());
  }

  /**
   * Refuses columns of log p(x) where a model has none.
   *
   * @param samples of the Param
   * @throws IllegalArgumentException where it has none, and they are asked for
   */
  OutputColumns suiting(Model model, int samples) {
    boolean ofSamples = added.stream().anyMatch(column -> column.kind().isOfSamples());
    if (ofSamples && !model.hasLogLikelihood()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples is %d, but the model is %s, which has no log p(x): set samples to 0",
              samples,
              model.title()));
    }
    return this;
  }

  /**
   * The schema with the columns added.
   *
   * @throws IllegalArgumentException where there are no images in it, or a name is taken
   */
  StructType addTo(StructType schema) {
    check(type(schema));
    StructType all = schema;
    for (Added column : added) {
      requireFree(all, column);
      all = all.add(column.field());
    }
    return all;
  }

  /** The type of the column of images. */
  DataType type(StructType schema) {
    require(schema, features, "featuresCol");
    return schema.apply(features).dataType();
  }

  /**
   * Refuses a schema without a column.
   *
   * @param param that names the column
   */
  static void require(StructType schema, String column, String param) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "no column '%s'; set %s to one of %s"
              .formatted(column, param, String.join(", ", schema.fieldNames())));
    }
  }

  /** A column by its name, which may hold dots. */
  static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  private void check(DataType type) {
    if (!isVector(type) && !DatasetImages.canBeOf(type)) {
      throw new IllegalArgumentException(
          "column '%s' (featuresCol) is of type %s; name one of Spark's image struct, vectors, or arrays of numbers"
              .formatted(features, type.simpleString()));
    }
  }

  /** Names are told apart as Spark does by default, whatever their case. */
  private static void requireFree(StructType schema, Added column) {
    String name = column.field().name();
    if (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "column '%s' is there already; set %s to another name, or to \"\" to leave it out"
              .formatted(name, column.param()));
    }
  }

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** The type that a column of images is read as. */
  static DataType read(DataType type) {
    return isVector(type) ? new ArrayType(DataTypes.DoubleType, false) : type;
  }
}
