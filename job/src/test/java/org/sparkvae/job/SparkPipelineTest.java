package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.SettingsReader;

class SparkPipelineTest {
  /** What spark-submit sets. */
  private static final Map<String, String> SUBMITTED =
      Map.of(
          "spark.master", "local[1]",
          "spark.ui.enabled", "false",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.driver.host", "127.0.0.1");

  @TempDir private Path folder;

  @BeforeEach
  void submit() {
    SUBMITTED.forEach(System::setProperty);
  }

  @AfterEach
  void forget() {
    SUBMITTED.keySet().forEach(System::clearProperty);
  }

  @Test
  void stopsTheSessionWhetherTheStagesFailOrNot() throws Exception {
    JobSettings settings = settings();
    List<SparkContext> contexts = new ArrayList<>();
    new SparkPipeline(
            (spark, given) -> {
              assertThat(given).isSameAs(settings);
              assertThat(spark.range(5).count()).isEqualTo(5);
              assertThat(spark.sparkContext().appName()).isEqualTo("spark-vae r");
              contexts.add(spark.sparkContext());
            })
        .run(settings);
    SparkPipeline failing =
        new SparkPipeline(
            (spark, given) -> {
              contexts.add(spark.sparkContext());
              throw new DataException("t: no such file");
            });
    assertThatThrownBy(() -> failing.run(settings)).isInstanceOf(DataException.class);
    assertThat(contexts).hasSize(2).allMatch(SparkContext::isStopped);
  }

  @Test
  void aTaskThatRunsOutOfMemoryFailsTheJobAndNotTheJvm() throws Exception {
    SparkPipeline failing =
        new SparkPipeline(
            (spark, given) ->
                new JavaSparkContext(spark.sparkContext())
                    .parallelize(List.of(1))
                    .foreach(
                        one -> {
                          throw new OutOfMemoryError("Java heap space");
                        }));
    assertThatThrownBy(() -> failing.run(settings()))
        .extracting(thrown -> Failure.of(thrown).line())
        .asString()
        .startsWith("out of memory with a Java heap of ");
  }

  private JobSettings settings() throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("x.conf"),
            "run.directory = r, pipeline = [evaluate], data.test { source = idx, path = t }");
    return SettingsReader.read(conf.toString(), List.of());
  }
}
