package org.sparkvae.job.checkpoint;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The epochs' records as {@code epochs.parquet}: one file, a row an epoch, the columns those of
 * {@link EpochRecord} and {@code images_per_second}. A bound that was not computed is null.
 */
public final class EpochTable {
  /** The columns, in order. */
  public static final StructType SCHEMA =
      new StructType()
          .add("epoch", IntegerType, false)
          .add("bound", DoubleType, true)
          .add("weighted_objective", DoubleType, false)
          .add("objective", DoubleType, false)
          .add("reconstruction", DoubleType, false)
          .add("kl", DoubleType, false)
          .add("kl_weight", DoubleType, false)
          .add("learning_rate", DoubleType, false)
          .add("validation_bound", DoubleType, true)
          .add("images", LongType, false)
          .add("steps", LongType, false)
          .add("rounds", IntegerType, false)
          .add("seconds", DoubleType, false)
          .add("schedule_seconds", DoubleType, false)
          .add("compute_seconds", DoubleType, false)
          .add("aggregate_seconds", DoubleType, false)
          .add("images_per_second", DoubleType, false);

  private EpochTable() {}

  /**
   * Writes the table, in place of the one that is there; {@code _SUCCESS} is written last, also
   * where the cluster's defaults do without.
   *
   * @throws IOException where it cannot be written
   */
  public static void write(SparkSession spark, RunDirectory directory, List<EpochRecord> epochs)
      throws IOException {
    List<Row> rows = epochs.stream().map(EpochTable::row).toList();
    directory.writeDirectory(
        RunDirectory.EPOCHS,
        path ->
            spark
                .createDataFrame(rows, SCHEMA)
                .coalesce(1)
                .write()
                .option(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, true)
                .parquet(path.toString()));
  }

  private static Row row(EpochRecord epoch) {
    return RowFactory.create(
        epoch.epoch(),
        known(epoch.bound()),
        epoch.weightedObjective(),
        epoch.objective(),
        epoch.reconstruction(),
        epoch.kl(),
        epoch.klWeight(),
        epoch.learningRate(),
        known(epoch.validationBound()),
        epoch.images(),
        epoch.steps(),
        epoch.rounds(),
        epoch.seconds(),
        epoch.scheduleSeconds(),
        epoch.computeSeconds(),
        epoch.aggregateSeconds(),
        epoch.imagesPerSecond());
  }

  private static Double known(double bound) {
    return Double.isNaN(bound) ? null : bound;
  }
}
