package org.sparkvae.job.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.Mnist;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;
import org.sparkvae.job.fixtures.SparkProcess;
import org.sparkvae.job.fixtures.StandaloneCluster;
import org.sparkvae.job.fixtures.SubmittedJob;

/**
 * What the build assembled, on a standalone cluster: Spark's master and two workers from {@code
 * target/spark}, and the job as {@code submit/cluster} submits it. Settings, jar, images and run
 * directory lie on HDFS and nowhere else.
 */
@Tag("assembled")
@Timeout(600)
class StandaloneClusterRunTest {
  private static final String SECRET = "zYx-not-to-be-seen-4711";
  private static final String SECURED =
      """
      spark.authenticate true
      spark.authenticate.secret %s
      spark.network.crypto.enabled true
      spark.io.encryption.enabled true
      """;

  @TempDir private static Path shared;
  private static MiniHdfs hdfs;
  private static ClusterRun job;

  @TempDir private Path folder;

  @BeforeAll
  static void store() throws IOException {
    hdfs = MiniHdfs.start(shared.resolve("hdfs"));
    job = ClusterRun.prepare(hdfs, shared.resolve("job"));
    hdfs.put(SparkProcess.jar(), "/job.jar");
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  @Test
  void clientModeEndsWithTheBitsOfLocalMode() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, noSettings(), 1)) {
      SubmittedJob.Outcome outcome = submit(cluster, noSettings(), "client", "client");

      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(outcome.err()).isEmpty();
      job.assertLikeLocal(fetched("client"));
      for (String worker : List.of("worker-1", "worker-2")) {
        assertThat(saidByExecutors(worker))
            .as("what the executor of %s says it computes with", worker)
            .singleElement(InstanceOfAssertFactories.LIST)
            .hasSize(1);
      }
    }
  }

  @Test
  void theSettingsForMnistEndWithTheBitsOfLocalMode() throws Exception {
    String conf = Path.of("..", "conf", "mnist.conf").toRealPath().toString();
    List<String> few =
        List.of(
            "data.train.path=" + Mnist.file(Mnist.TRAIN_IMAGES),
            "data.train.labels=" + Mnist.file(Mnist.TRAIN_LABELS),
            "data.test.path=" + Mnist.file(Mnist.TEST_IMAGES),
            "data.test.labels=" + Mnist.file(Mnist.TEST_LABELS),
            "data.train.limit=4000",
            "data.test.limit=20",
            "data.shards=2",
            "training.epochs=2",
            "evaluation.samples=100");
    RunFiles local = RunFiles.in(folder, "local");
    List<String> inLocalMode = new ArrayList<>(List.of(conf, local.setting()));
    inLocalMode.addAll(few);
    LocalJob.Outcome alone = LocalJob.run(inLocalMode.toArray(String[]::new));
    assertThat(alone.status()).as(alone.err()).isZero();

    try (StandaloneCluster cluster = StandaloneCluster.start(folder, noSettings(), 1)) {
      SubmittedJob.Outcome outcome = submit(conf, cluster, noSettings(), "client", "mnist", few);

      assertThat(outcome.status()).as(outcome.err()).isZero();
      SameBits.require(fetched("mnist"), local, 2);
    }
  }

  @Test
  void clusterModeEndsWithTheBitsOfLocalMode() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, noSettings(), 2)) {
      SubmittedJob.Outcome outcome = submit(cluster, noSettings(), "cluster", "cluster");

      assertThat(outcome.status()).as(outcome.err()).isZero();
      job.assertLikeLocal(fetched("cluster"));
      try (Stream<Path> files = Files.find(folder, 4, (file, a) -> file.endsWith("job.jar"))) {
        assertThat(files)
            .as("the driver's copy of the jar, and one for each executor")
            .hasSize(3)
            .anyMatch(file -> file.getParent().getFileName().toString().startsWith("driver-"));
      }
    }
  }

  @Test
  void aFailureInClusterModeIsTheCommandsFailure() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, noSettings(), 2)) {
      SubmittedJob.Outcome outcome =
          submit(cluster, noSettings(), "cluster", "failing", "training.epochs=none");

      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .endsWith(
              "submit/cluster: the driver ended as FAILED: its stderr, in the worker's folder, says why\n");
    }
  }

  @Test
  void clusterModeAsksForSettingsThatTheDriverCanRead() throws Exception {
    Path conf = Files.writeString(folder.resolve("job.conf"), "seed = 1");
    SubmittedJob.Outcome outcome =
        SubmittedJob.run(
            folder.resolve("submit"),
            Map.of(),
            List.of(
                conf.toString(), "--", "--master", "spark://no:7077", "--deploy-mode", "cluster"));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "submit/cluster: %s does not travel to a driver on a standalone cluster: put it where every node reads it, and give its URI\n"
                .formatted(conf));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void aSecuredClusterChangesNoBitAndShowsNoSecret(String mode) throws Exception {
    Path settings = settings("secured", SECURED.formatted(SECRET));
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, settings, 2)) {
      SubmittedJob.Outcome outcome = submit(cluster, settings, mode, "secured-" + mode);

      assertThat(outcome.status()).as(outcome.err()).isZero();
      RunFiles run = fetched("secured-" + mode);
      job.assertLikeLocal(run);
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> written =
            files.filter(file -> !file.startsWith(settings) && Files.isRegularFile(file)).toList();
        assertThat(written)
            .extracting(file -> file.getFileName().toString())
            .contains("master.log", "worker-1.log", "stderr", "err", "config.conf");
        assertThat(written).noneMatch(file -> holds(file, SECRET));
      }
    }
  }

  @Test
  void aSecuredClusterRefusesAnotherSecret() throws Exception {
    Path settings = settings("secured", SECURED.formatted(SECRET));
    Path others = settings("others", SECURED.formatted("another"));
    try (StandaloneCluster cluster = StandaloneCluster.start(folder, settings, 2)) {
      SubmittedJob.Outcome outcome = submit(cluster, others, "cluster", "refused");

      assertThat(outcome.status()).isNotZero();
      assertThat(Files.readString(folder.resolve("master.log"))).doesNotContain("Registered app");
    }
  }

  /** Of each executor of a worker, the lines of its log that tell what it computes with. */
  private List<List<String>> saidByExecutors(String worker) throws IOException {
    List<List<String>> said = new ArrayList<>();
    try (Stream<Path> logs =
        Files.find(folder.resolve(worker), 3, (file, a) -> file.endsWith("stderr"))) {
      for (Path log : logs.toList()) {
        said.add(
            Files.readAllLines(log).stream()
                .filter(line -> line.matches(".* executor \\d+ computes with .+"))
                .toList());
      }
    }
    return said;
  }

  private SubmittedJob.Outcome submit(
      StandaloneCluster cluster, Path settings, String mode, String run, String... more)
      throws Exception {
    return submit(job.conf(), cluster, settings, mode, run, List.of(more));
  }

  private SubmittedJob.Outcome submit(
      String conf,
      StandaloneCluster cluster,
      Path settings,
      String mode,
      String run,
      List<String> more)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(conf);
    arguments.add("run.directory=" + hdfs.uri("/runs/" + run));
    arguments.addAll(more);
    arguments.addAll(List.of("--jar", hdfs.uri("/job.jar"), "--", "--master", cluster.master()));
    arguments.addAll(List.of("--deploy-mode", mode, "--total-executor-cores", "2"));
    arguments.addAll(List.of("--conf", "spark.ui.enabled=false"));
    return SubmittedJob.run(
        folder.resolve("submit"), Map.of("SPARK_CONF_DIR", settings.toString()), arguments);
  }

  private RunFiles fetched(String run) throws IOException {
    return hdfs.fetch("/runs/" + run, folder.resolve("fetched"));
  }

  private Path noSettings() throws IOException {
    return settings("default", "");
  }

  private Path settings(String name, String defaults) throws IOException {
    Path settings = Files.createDirectories(folder.resolve("settings").resolve(name));
    Files.writeString(settings.resolve("spark-defaults.conf"), defaults);
    return settings;
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
