package org.sparkvae.job.clusters;

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
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A driver and two executors, each a process of its own, and executors that die. */
@Timeout(180)
class LocalClusterRunTest {
  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles local;

  @BeforeAll
  static void runLocally() throws IOException {
    conf = DrawnJob.write(folder, "data.reshard-every = 1, report.pictures = false");
    local = RunFiles.in(folder, "local");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();
  }

  @Test
  void endsWithTheBitsOfLocalMode() throws Exception {
    RunFiles run = RunFiles.in(folder, "processes");
    submit(run, Map.of());
    SameBits.require(run, local, 3);
  }

  @Test
  @Tag("cluster")
  void anExecutorKilledInARoundChangesNoBit() throws Exception {
    anExecutorKilled("round", "epoch 2/3", Map.of(ExecutorKiller.WITH_BLOCK, ".*_round2_.*"));
  }

  /** Where Spark speculates, a round is a job of its own. */
  @Test
  @Tag("cluster")
  void anExecutorKilledInARoundThatIsAJobChangesNoBit() throws Exception {
    anExecutorKilled("job", "epoch 2/3, round 2/3", Map.of("spark.speculation", "true"));
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
    anExecutorKilled(name, job, Map.of());
  }

  /** It takes its shards along; and where no task waits for its place, no shard has only one. */
  @Test
  @Tag("cluster")
  void anExecutorKilledWithItsShardsOnDiskChangesNoBit() throws Exception {
    anExecutorKilled(
        "disk",
        "epoch 2/3",
        Map.of(ExecutorKiller.WITH_BLOCK, ".*_round2_.*", "spark.locality.wait", "0"),
        "data.storage=disk");
  }

  private static void anExecutorKilled(
      String name, String job, Map<String, String> more, String... settings) throws Exception {
    RunFiles run = RunFiles.in(folder, name);
    Path dead = folder.resolve(name + "-dead");
    Map<String, String> spark = new HashMap<>(more);
    spark.put("spark.plugins", ExecutorKiller.class.getName());
    spark.put(ExecutorKiller.AT, job);
    spark.put(ExecutorKiller.DEAD, dead.toString());
    submit(run, spark, settings);
    assertThat(dead).as("the dead executor's process id").isNotEmptyFile();
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(dead)))).isEmpty();
    SameBits.require(run, local, 3);
  }

  private static void submit(RunFiles run, Map<String, String> more, String... settings)
      throws Exception {
    Map<String, String> spark = ClassPathExecutors.of("local-cluster[2,1,1024]");
    spark.putAll(more);
    ProcessBuilder builder = DriverProcess.of(VaeJob.class, spark, conf, run.setting());
    builder.command().addAll(List.of(settings));
    ClassPathExecutors.home(builder, folder.resolve("spark"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Path logs = folder.resolve(run.root().getFileName() + "-logs");
    LocalJob.Outcome outcome = DriverProcess.run(builder, logs);
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }
}
