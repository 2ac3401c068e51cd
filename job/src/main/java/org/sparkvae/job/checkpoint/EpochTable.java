package org.sparkvae.job.checkpoint;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The epochs' records as {@code epochs.parquet}: one file, a row an epoch, a column for each
 * measure and for the rest of {@link EpochRecord}, and {@code images_per_second}. What was not
 * measured or computed is null.
 */
public final class EpochTable {
  private static final List<Column> AFTER_MEASURES =
      List.of(
          new Column("kl_weight", DoubleType, false, EpochRecord::klWeight),
          new Column("learning_rate", DoubleType, false, EpochRecord::learningRate),
          new Column("validation_bound", DoubleType, true, e -> known(e.validationBound())),
          new Column("images", LongType, false, e -> e.work().images()),
          new Column("steps", LongType, false, e -> e.work().steps()),
          new Column("rounds", IntegerType, false, e -> e.work().rounds()),
          new Column("seconds", DoubleType, false, e -> e.times().whole()),
          new Column("schedule_seconds", DoubleType, false, e -> e.times().schedule()),
          new Column("compute_seconds", DoubleType, false, e -> e.times().compute()),
          new Column("aggregate_seconds", DoubleType, false, e -> e.times().aggregate()),
          new Column("images_per_second", DoubleType, false, EpochRecord::imagesPerSecond));

  /** A column and its value of an epoch. */
  private record Column(
      String name, DataType type, boolean nullable, Function<EpochRecord, Object> value) {}

  private EpochTable() {}

  /**
   * Writes the table, in place of the one that is there; {@code _SUCCESS} is written last, also
   * where the cluster's defaults do without.
   *
   * @throws IOException where it cannot be written
   */
  public static void write(SparkSession spark, RunDirectory directory, List<EpochRecord> epochs)
      throws IOException {
    directory.writeDirectory(
        RunDirectory.EPOCHS,
        path ->
            of(spark, epochs)
                .coalesce(1)
                .write()
                .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
                .parquet(path.toString()));
  }

  /** The rows of some epochs. */
  public static Dataset<Row> of(SparkSession spark, List<EpochRecord> epochs) {
    List<Column> columns = columns(epochs);
    List<Row> rows = epochs.stream().map(epoch -> row(columns, epoch)).toList();
    return spark.createDataFrame(rows, schemaOf(columns));
  }

  /** The columns of a table of epochs, in order. */
  public static StructType schema(List<EpochRecord> epochs) {
    return schemaOf(columns(epochs));
  }

  /** What a row of an epoch holds beside its number, by column: all that is a finite number. */
  public static Map<String, Double> figures(EpochRecord epoch) {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Column> columns = columns(List.of(epoch));
    for (Column column : columns.subList(1, columns.size())) {
      if (column.value().apply(epoch) instanceof Number number
          && Double.isFinite(number.doubleValue())) {
        figures.put(column.name(), number.doubleValue());
      }
    }
    return figures;
  }

  private static StructType schemaOf(List<Column> columns) {
    StructType schema = new StructType();
    for (Column column : columns) {
      schema = schema.add(column.name(), column.type(), column.nullable());
    }
    return schema;
  }

  /** Every measure of an epoch has a column, in the order of the first epoch that has it. */
  private static List<Column> columns(List<EpochRecord> epochs) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("epoch", IntegerType, false, EpochRecord::epoch));
    epochs.stream()
        .flatMap(epoch -> epoch.measures().keySet().stream())
        .distinct()
        .forEach(
            name ->
                columns.add(
                    new Column(name, DoubleType, true, epoch -> known(epoch.measure(name)))));
    columns.addAll(AFTER_MEASURES);
    return columns;
  }

  private static Row row(List<Column> columns, EpochRecord epoch) {
    return RowFactory.create(columns.stream().map(c -> c.value().apply(epoch)).toArray());
  }

  private static Double known(double bound) {
    return Double.isNaN(bound) ? null : bound;
  }
}
