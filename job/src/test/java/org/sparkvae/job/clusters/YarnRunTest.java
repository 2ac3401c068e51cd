package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SubmittedJob;

/**
 * What the build assembled, on YARN: two node managers in this process, the job as {@code
 * submit/cluster} submits it, Spark's jars, ours and the settings as YARN carries them. Images and
 * run directory lie on HDFS and nowhere else.
 */
@Tag("assembled")
@Timeout(600)
class YarnRunTest {
  @TempDir private static Path shared;
  private static MiniHdfs hdfs;
  private static MiniYarn yarn;
  private static ClusterRun job;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    hdfs = MiniHdfs.start(shared.resolve("hdfs"));
    job = ClusterRun.prepare(hdfs, shared.resolve("job"));
    yarn = MiniYarn.start(hdfs, shared.resolve("settings"));
  }

  @AfterAll
  static void stop() {
    yarn.close();
    hdfs.close();
  }

  @Test
  void clientModeEndsWithTheBitsOfLocalMode() throws Exception {
    SubmittedJob.Outcome outcome = submit(job.conf(), "client", "client");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    job.assertLikeLocal(fetched("client"));
  }

  @Test
  void clusterModeEndsWithTheBitsOfLocalMode() throws Exception {
    // Of a file that includes another: both travel.
    Files.writeString(folder.resolve("data.conf"), job.settings());
    Path conf = Files.writeString(folder.resolve("job.conf"), "include \"data.conf\"\n");

    SubmittedJob.Outcome outcome = submit(conf.toString(), "cluster", "cluster");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    job.assertLikeLocal(fetched("cluster"));
  }

  @Test
  void aModelThatTheDriversContainerHasNoRoomForIsTheCommandsFailure() throws Exception {
    SubmittedJob.Outcome outcome =
        submit(job.conf(), "failed", "cluster", "model.encoder.hidden=[3000,3000]");

    assertThat(outcome.status()).isEqualTo(1);
    // Of 1 GiB of heap and 0.4 of that, less 384 MiB for the JVM: the least that arrays get.
    assertThat(yarn.said()).contains("arrays outside the driver's heap may take 128: make model.");
  }

  private SubmittedJob.Outcome submit(String conf, String run, String mode, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(conf);
    arguments.add("run.directory=" + hdfs.uri("/runs/" + run));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--master", "yarn", "--deploy-mode", mode));
    arguments.addAll(List.of("--num-executors", "2", "--executor-memory", "512m"));
    String java = System.getProperty("java.home");
    arguments.addAll(List.of("--conf", "spark.executorEnv.JAVA_HOME=" + java));
    arguments.addAll(List.of("--conf", "spark.yarn.appMasterEnv.JAVA_HOME=" + java));
    return SubmittedJob.run(
        folder.resolve("submit"), Map.of("HADOOP_CONF_DIR", yarn.settings().toString()), arguments);
  }

  private RunFiles fetched(String run) throws IOException {
    return hdfs.fetch("/runs/" + run, folder.resolve("fetched"));
  }
}
