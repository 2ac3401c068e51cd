package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver and two executors, each a process of its own, and executors that die. */
@Timeout(180)
class LocalClusterRunTest {
  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles local;

  @BeforeAll
  static void runLocally() throws IOException {
    DrawnImages.write(folder.resolve("images"));
    String settings =
        DrawnImages.conf(folder.resolve("images").toString(), "idx", "idx")
            + "data.reshard-every = 1, report.pictures = false\n";
    conf = Files.writeString(folder.resolve("job.conf"), settings).toString();
    local = RunFiles.in(folder, "local");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();
  }

  @Test
  @Tag("cluster")
  void endsWithTheBitsOfLocalMode() throws Exception {
    RunFiles run = RunFiles.in(folder, "processes");
    submit(run, Map.of());
    assertSame(run);
  }

  @Test
  void anExecutorKilledInARoundChangesNoBit() throws Exception {
    anExecutorKilled("round", "epoch 2/3, round 2/3");
  }

  @ParameterizedTest
  @Tag("cluster")
  @CsvSource(
      delimiter = ';',
      value = {
        "reading; reading the .* images",
        "cutting; cutting the .* images into shards",
        "evaluating; evaluate: log p.x. of .*",
        "writing; evaluate: write .*"
      })
  void anExecutorKilled(String name, String job) throws Exception {
    RunFiles run = RunFiles.in(folder, name);
    Path dead = folder.resolve(name + "-dead");
    submit(
        run,
        Map.of(
            "spark.plugins",
            ExecutorKiller.class.getName(),
            ExecutorKiller.AT,
            job,
            ExecutorKiller.DEAD,
            dead.toString()));
    assertThat(dead).as("the dead executor's process id").isNotEmptyFile();
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(dead)))).isEmpty();
    assertSame(run);
  }

  private static void assertSame(RunFiles run) throws IOException {
    assertThat(run.has("_SUCCESS")).isTrue();
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(3, part)).as(part).isEqualTo(local.model(3, part));
    }
    assertThat(run.table("evaluation.parquet")).isEqualTo(local.table("evaluation.parquet"));
    assertThat(run.json("summary.json").get("test_nll"))
        .isNotNull()
        .isEqualTo(local.json("summary.json").get("test_nll"));
  }

  private static void submit(RunFiles run, Map<String, String> more) throws Exception {
    Path err = folder.resolve(run.root().getFileName() + ".err");
    Map<String, String> spark = new HashMap<>(more);
    spark.put("spark.master", "local-cluster[2,1,1024]");
    spark.put("spark.executor.memory", "1g");
    spark.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    spark.put("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
    spark.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    ProcessBuilder builder = DriverProcess.of(VaeJob.class, spark, conf, run.setting());
    // The workers write below SPARK_HOME, and ask that it have jars; ours are in the class path.
    Path home = Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(home.resolve("jars"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process driver =
        builder
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve(run.root().getFileName() + ".out").toFile())
            .start();
    try {
      int status = driver.waitFor();
      assertThat(status).as("%s", Files.readString(err)).isZero();
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }
}
