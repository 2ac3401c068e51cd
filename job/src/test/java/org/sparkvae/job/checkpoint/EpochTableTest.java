package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.Epochs;
import org.sparkvae.job.storage.Places;

class EpochTableTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("EpochTableTest")
            .config("spark.ui.enabled", false)
            // As a cluster may have it: a run's tables are marked all the same.
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static Stream<Path> places() {
    return Places.fresh();
  }

  @ParameterizedTest
  @MethodSource("places")
  void isOneFileWithARowAnEpochAndReplacesTheLast(Path path) throws IOException {
    try (RunDirectory run =
        RunDirectory.open(path.toString(), new Configuration(), "application-1")) {
      EpochTable.write(spark, run, List.of(Checkpoints.record(1)));
      EpochTable.write(
          spark, run, IntStream.rangeClosed(1, 3).mapToObj(Checkpoints::record).toList());
    }

    Path table = new Path(path, "epochs.parquet");
    assertThat(Places.fileSystem(table).exists(new Path(table, "_SUCCESS"))).isTrue();
    List<Row> rows = spark.read().parquet(table.toString()).orderBy("epoch").collectAsList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2).<Integer>getAs("epoch")).isEqualTo(3);
    assertThat(rows.get(2).<Double>getAs("bound")).isEqualTo(-100 / 7.0);
    assertThat(rows.get(2).<Double>getAs("weighted_objective")).isEqualTo(-100 / 9.0);
    assertThat(rows.get(2).<Double>getAs("validation_bound")).isEqualTo(-90.5);
    assertThat(rows.get(1).<Double>getAs("validation_bound")).isNull();
    assertThat(rows.get(2).<Double>getAs("images_per_second")).isEqualTo(24_000);
    assertThat(rows.get(2).<Long>getAs("steps")).isEqualTo(1L << 40);
    assertThat(
            Arrays.stream(Places.fileSystem(table).listStatus(table))
                .map(FileStatus::getPath)
                .map(Path::getName))
        .filteredOn(name -> name.endsWith(".parquet"))
        .hasSize(1);
  }

  @Test
  void aBoundThatIsNotKnownIsNull() throws IOException {
    EpochRecord unknown =
        new EpochRecord(
            1,
            Epochs.measures(Double.NaN, -90, -90, -80, 20),
            0.5,
            1e-3,
            -95,
            new EpochWork(1, 1, 1),
            new EpochTimes(1, 0, 1, 0));
    Path path = Places.local();
    try (RunDirectory run =
        RunDirectory.open(path.toString(), new Configuration(), "application-1")) {
      EpochTable.write(spark, run, List.of(unknown));
    }

    Row row = spark.read().parquet(new Path(path, "epochs.parquet").toString()).first();
    assertThat(row.<Double>getAs("bound")).isNull();
    assertThat(row.<Double>getAs("weighted_objective")).isEqualTo(-90);
  }

  @Test
  void everyMeasureHasAColumnAlsoOneThatOtherEpochsLack() throws IOException {
    EpochRecord first = Checkpoints.record(1);
    Map<String, Double> more = new LinkedHashMap<>(first.measures());
    more.put("clipped_steps", 3.0);
    EpochRecord second = new EpochRecord(2, more, 1, 1e-3, Double.NaN, first.work(), first.times());
    Path path = Places.local();
    try (RunDirectory run =
        RunDirectory.open(path.toString(), new Configuration(), "application-1")) {
      EpochTable.write(spark, run, List.of(first, second));
    }

    Dataset<Row> table = spark.read().parquet(new Path(path, "epochs.parquet").toString());
    assertThat(table.columns())
        .containsExactly(
            "epoch",
            "bound",
            "weighted_objective",
            "objective",
            "reconstruction",
            "kl",
            "clipped_steps",
            "kl_weight",
            "learning_rate",
            "validation_bound",
            "images",
            "steps",
            "rounds",
            "seconds",
            "schedule_seconds",
            "compute_seconds",
            "aggregate_seconds",
            "images_per_second");
    List<Row> rows = table.orderBy("epoch").collectAsList();
    assertThat(rows.get(0).<Double>getAs("clipped_steps")).isNull();
    assertThat(rows.get(1).<Double>getAs("clipped_steps")).isEqualTo(3);
  }
}
