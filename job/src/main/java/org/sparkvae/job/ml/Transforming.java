package org.sparkvae.job.ml;

import static org.apache.spark.ml.functions.vector_to_array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.parquet.DatasetImages;
import org.sparkvae.job.data.parquet.RowImages;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.Scale;

/** Lays out a transform: which columns go to the executors, and what they are to do there. */
final class Transforming {
  /** The image beside the Dataset's own columns, until its own are added. */
  private static final String CELL = "_spark_vae_image";

  private Transforming() {}

  /**
   * The Dataset with the model's columns.
   *
   * @param schema of the result
   * @param parameters of the model
   */
  static Dataset<Row> of(
      VaeModel model, Dataset<Row> dataset, StructType schema, Broadcast<float[]> parameters) {
    OutputColumns columns = OutputColumns.of(model);
    DataType type = columns.type(dataset.schema());
    Scale scale =
        Arrays.stream(Scale.values())
            .filter(of -> of.toString().equals(model.getInputScale()))
            .findFirst()
            .orElseThrow();
    RowImages images =
        DatasetImages.rows(
            CELL, OutputColumns.read(type), model.fitted().arrays(), model.fitted().form(scale));
    JobSettings settings = model.fitted().settings();
    ImagePlan plan =
        new ImagePlan(
            model.fitted().spec(),
            Binariser.of(settings.data(), settings.seed()),
            settings.seed(),
            evaluation(settings.evaluation(), model.getSamples()),
            columns.added().stream().map(OutputColumns.Added::kind).toList(),
            scale);
    RowTask task =
        new RowTask(plan, images, columns.features(), dataset.columns().length, parameters);
    return withCells(dataset, columns.features(), type, images)
        .mapPartitions(task, Encoders.row(schema));
  }

  private static EvaluationSettings evaluation(EvaluationSettings settings, int samples) {
    return new EvaluationSettings(
        Math.max(1, samples),
        settings.block(),
        settings.stream(),
        settings.estimator(),
        settings.proposal());
  }

  private static Dataset<Row> withCells(
      Dataset<Row> dataset, String features, DataType type, RowImages images) {
    Column cell = OutputColumns.named(features);
    Column read = OutputColumns.isVector(type) ? vector_to_array(cell, "float64") : cell;
    List<Column> all = new ArrayList<>();
    Arrays.stream(dataset.columns()).map(OutputColumns::named).forEach(all::add);
    List<Column> cells = images.columns();
    for (int i = 0; i < cells.size(); i++) {
      all.add(cells.get(i).as(CELL + "_" + i));
    }
    return dataset.withColumn(CELL, read).select(all.toArray(Column[]::new));
  }
}
