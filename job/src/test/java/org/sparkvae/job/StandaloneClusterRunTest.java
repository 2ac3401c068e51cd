package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the build assembled, on a standalone cluster: Spark's master and two workers from {@code
 * target/spark}, and the job as {@code submit/cluster} submits it.
 */
@Tag("assembled")
@Timeout(240)
class StandaloneClusterRunTest {
  private static final Path SPARK = Path.of("target", "spark").toAbsolutePath();
  private static final Path SUBMIT = Path.of("..", "submit", "cluster").toAbsolutePath();
  private static final Pattern STARTED =
      Pattern.compile(".*Starting Spark master at (spark://\\S+).*");
  private static final Pattern REGISTERED =
      Pattern.compile(".*(Successfully registered with master).*");

  @TempDir private Path folder;
  private final List<Process> daemons = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process daemon : daemons) {
      daemon.descendants().forEach(ProcessHandle::destroyForcibly);
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void endsWithTheBitsOfLocalMode() throws Exception {
    DrawnImages.write(folder.resolve("images"));
    String settings = DrawnImages.conf(folder.resolve("images").toString(), "idx", "idx");
    String conf = Files.writeString(folder.resolve("job.conf"), settings).toString();
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "cluster");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();

    String master =
        start(STARTED, "org.apache.spark.deploy.master.Master", "--port", "0", "--webui-port", "0");
    for (String worker : List.of("worker-1", "worker-2")) {
      start(
          REGISTERED,
          "org.apache.spark.deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "1g",
          "--webui-port",
          "0",
          "--work-dir",
          folder.resolve(worker).toString(),
          master);
    }
    submit(conf, run.setting(), "--", "--master", master, "--conf", "spark.ui.enabled=false");

    assertThat(folder.resolve("worker-1")).isNotEmptyDirectory();
    assertThat(folder.resolve("worker-2")).isNotEmptyDirectory();
    assertThat(run.has("_SUCCESS")).isTrue();
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(3, part)).as(part).isEqualTo(local.model(3, part));
    }
    assertThat(run.table("evaluation.parquet")).isEqualTo(local.table("evaluation.parquet"));
    assertThat(run.stamps("pictures").keySet()).isEqualTo(local.stamps("pictures").keySet());
  }

  /** Starts one of Spark's daemons, and waits for a line; its group 1. */
  private String start(Pattern ready, String daemon, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .forEach(command::add);
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(SPARK.resolve("jars") + "/*");
    command.addAll(List.of(daemon, "--host", "127.0.0.1"));
    command.addAll(List.of(arguments));
    Process process = environment(new ProcessBuilder(command)).redirectErrorStream(true).start();
    daemons.add(process);
    BufferedReader out = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.append(line).append('\n');
      Matcher matcher = ready.matcher(line);
      if (matcher.matches()) {
        // So that it never waits for a reader.
        CompletableFuture.runAsync(() -> drain(out));
        return matcher.group(1);
      }
    }
    throw new AssertionError(daemon + " ended:\n" + seen);
  }

  private void submit(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(SUBMIT.toString());
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    Process process =
        environment(new ProcessBuilder(command))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    daemons.add(process);
    assertThat(process.waitFor()).as(() -> text(err)).isZero();
    assertThat(text(err)).isEmpty();
  }

  private static ProcessBuilder environment(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    // Whatever Java this is.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    if (!builder.command().get(0).equals(SUBMIT.toString())) {
      builder.environment().put("SPARK_HOME", SPARK.toString());
      builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    }
    return builder;
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        continue;
      }
    } catch (IOException e) {
      // The process was ended.
      return;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
