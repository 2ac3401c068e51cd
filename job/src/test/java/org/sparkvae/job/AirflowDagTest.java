package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.Python;

/** The DAG in {@code submit/airflow}, built by Python against a stand-in for Airflow. */
class AirflowDagTest {
  private static final Path DAGS = Path.of("..", "submit", "airflow").toAbsolutePath();
  private static final Path STAND_IN =
      Path.of("src", "test", "resources", "airflow-stand-in").toAbsolutePath();

  @TempDir private static Path folder;
  private static JsonNode dag;

  @BeforeAll
  static void build() throws Exception {
    assumeThat(Python.isThere()).as("python3 on the PATH").isTrue();
    dag = Python.show(STAND_IN.resolve("show.py"), List.of(STAND_IN, DAGS), folder, "2026-11-21");
  }

  @Test
  void trainsThenEvaluatesThenChecks() {
    assertThat(dag.get("id").textValue()).isEqualTo("spark_vae");
    assertThat(dag.get("catchup").booleanValue()).isFalse();
    assertThat(dag.get("max_active_runs").intValue()).isEqualTo(1);
    assertThat(dag.get("tasks")).hasSize(3);
    assertThat(task("train").get("upstream")).isEmpty();
    assertThat(texts(task("evaluate").get("upstream"))).containsExactly("train");
    assertThat(texts(task("check").get("upstream"))).containsExactly("evaluate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void submitsTheStagesOnTheRunDirectoryOfTheDate(String stage) {
    JsonNode submits = task(stage).get("submits");
    assertThat(task(stage).get("retries").intValue()).isPositive();
    assertThat(submits.get("java_class").textValue()).isEqualTo(VaeJob.class.getName());
    assertThat(submits.get("name").textValue()).isEqualTo("spark-vae " + stage + " 2026-11-21");
    List<String> arguments = texts(submits.get("application_args"));
    assertThat(arguments)
        .containsExactly(
            "hdfs:///vae/mnist.conf",
            "run.directory=hdfs:///vae/runs/2026-11-21",
            "pipeline=[" + stage + "]",
            "report.progress=off");
    assertThat(submits.at("/env_vars/SPARK_VAE_DATE").textValue()).isEqualTo("2026-11-21");
    for (String side : List.of("driver", "executor")) {
      assertThat(submits.get("conf").get("spark." + side + ".defaultJavaOptions").textValue())
          .contains("--add-modules jdk.incubator.vector");
    }
  }

  @Test
  void submitsStagesThatTheJobUnderstands() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            data.train { source = idx, path = "hdfs:///images/"${?SPARK_VAE_DATE} }
            data.test { source = idx, path = t }
            """);
    for (String stage : List.of("train", "evaluate")) {
      List<String> arguments =
          new ArrayList<>(texts(task(stage).get("submits").get("application_args")));
      arguments.set(0, conf.toString());
      List<String> ran = new ArrayList<>();
      Pipeline pipeline = settings -> ran.add(settings.run().directory());
      int status =
          new VaeJob(pipeline).run(arguments.toArray(String[]::new), System.out, System.err);
      assertThat(status).isZero();
      assertThat(ran).containsExactly("hdfs:///vae/runs/2026-11-21");
    }
  }

  @Test
  void checksThatRunsSummaryAgainstTheBound() {
    JsonNode submits = task("check").get("submits");
    assertThat(submits.get("java_class").textValue()).isEqualTo(NllCheck.class.getName());
    assertThat(submits.get("deploy_mode").textValue()).isEqualTo("client");
    assertThat(texts(submits.get("application_args")))
        .containsExactly("hdfs:///vae/runs/2026-11-21", "100.0");
    assertThat(submits.get("application")).isEqualTo(task("train").at("/submits/application"));
  }

  private static JsonNode task(String id) {
    for (JsonNode task : dag.get("tasks")) {
      if (task.get("id").textValue().equals(id)) {
        return task;
      }
    }
    throw new AssertionError("no task " + id);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.textValue()));
    return texts;
  }
}
