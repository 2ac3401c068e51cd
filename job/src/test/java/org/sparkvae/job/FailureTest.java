package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.device.DeviceException;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.settings.SettingsException;

class FailureTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void keepsTheLineOfTheProjectsExceptions() {
    assertThat(Failure.of(new SettingsException("x.conf:1: wrong")))
        .isEqualTo(new Failure(2, "x.conf:1: wrong", true));
    assertThat(Failure.of(new RuntimeException(new DataException("a.png: not an image"))))
        .isEqualTo(new Failure(3, "a.png: not an image", true));
    assertThat(Failure.of(new RuntimeException(new DeviceException("cuInit: error 3"))))
        .isEqualTo(new Failure(1, "cuInit: error 3", true));
    assertThat(Failure.of(new Diverged("epoch 3, round 2, shard 1: not a number")))
        .isEqualTo(new Failure(1, "epoch 3, round 2, shard 1: not a number", true));
  }

  @Test
  void saysWhatSparkSaysOfALostExecutor() {
    assertThat(
            Failure.of(
                new IllegalStateException(
                    "Job aborted: Most recent failure reason:\n  executor 3 lost\nmore")))
        .isEqualTo(
            new Failure(
                1,
                "IllegalStateException: Job aborted: Most recent failure reason: executor 3 lost",
                false));
    assertThat(
            Failure.of(
                    new IllegalStateException("Lost task 1: Command exited with code 52\nDriver"))
                .line())
        .isEqualTo(
            "IllegalStateException: Lost task 1: Command exited with code 52; an executor ran out of"
                + " memory: give it more (spark.executor.memory); images on disk (data.storage ="
                + " disk) and smaller batches (training.batch) need less");
  }

  @Test
  void namesTheRootCauseOfAnyOther() {
    assertThat(
            Failure.of(
                new RuntimeException("outer", new IllegalStateException("inner\n\tat a.b.C"))))
        .isEqualTo(new Failure(1, "IllegalStateException: inner", false));
    assertThat(Failure.of(new OutOfMemoryError("Java heap space")).line())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "out of memory with a Java heap of %,d MiB: give it more (SPARK_VAE_DRIVER_MEMORY"
                    + " of submit/local, else spark.driver.memory); images on disk"
                    + " (data.storage = disk) and smaller batches (training.batch) need less",
                Runtime.getRuntime().maxMemory() >> 20));
    assertThat(Failure.of(new OutOfMemoryError()))
        .isEqualTo(new Failure(1, "OutOfMemoryError", false));
  }

  @Test
  void keepsWhatAWrittenMessageSaysOfAnIoFailure() {
    IOException full = new IOException("No space left on device");
    assertThat(Failure.of(new UncheckedIOException("checkpoint of epoch 3: disk is full", full)))
        .isEqualTo(new Failure(1, "checkpoint of epoch 3: disk is full", false));
    assertThat(Failure.of(new UncheckedIOException(full)))
        .isEqualTo(new Failure(1, "IOException: No space left on device", false));
  }

  @Test
  void endsWithCausesThatGoInACircle() {
    RuntimeException inner = new RuntimeException("inner");
    inner.initCause(new RuntimeException("outer", inner));
    assertThat(Failure.of(inner).line()).isEqualTo("RuntimeException: outer");
  }

  @Test
  void findsTheProjectsExceptionsInAFailedTask() {
    Throwable thrown =
        catchThrowable(
            () ->
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(List.of(1))
                    .foreach(
                        i -> {
                          throw new DataException("a.png: not an image");
                        }));
    assertThat(thrown).isInstanceOf(SparkException.class).hasCauseInstanceOf(DataException.class);
    assertThat(Failure.of(thrown)).isEqualTo(new Failure(3, "a.png: not an image", true));
    assertThat(Failure.of(new RuntimeException(thrown.getMessage())))
        .as("from the text alone, as where the driver cannot deserialise the cause")
        .isEqualTo(new Failure(3, "a.png: not an image", true));
  }

  @Test
  void findsTheProjectsExceptionsInAFailedWrite(@TempDir Path folder) {
    spark
        .udf()
        .register(
            "bad",
            (Long id) -> {
              throw new DataException("image " + id + ": too small");
            },
            DataTypes.LongType);
    Throwable thrown =
        catchThrowable(
            () ->
                spark
                    .range(7, 8)
                    .selectExpr("bad(id) AS x")
                    .write()
                    .parquet(folder.resolve("out").toString()));
    assertThat(Failure.of(thrown)).isEqualTo(new Failure(3, "image 7: too small", true));
    assertThat(Failure.of(new RuntimeException(thrown.getMessage())).status()).isEqualTo(3);
  }

  private static final class Diverged extends RuntimeException {
    Diverged(String message) {
      super(message);
    }
  }
}
