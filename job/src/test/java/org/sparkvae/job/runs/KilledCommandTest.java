package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SparkProcess;

/** The command that started a driver is killed in a way that it cannot catch. */
@Timeout(120)
class KilledCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "the script, spark-vae: error: the command that started this job was killed: ending it too",
    // With it what passes the driver's words on.
    "its process group, ''"
  })
  void leavesNoDriverBehindAndTheSameCommandGoesOn(String killed, String said) throws Exception {
    String conf =
        DrawnJob.write(folder, "training.epochs = 4\npipeline = [train]\nreport.pictures = false");
    RunFiles run = RunFiles.in(folder, "run");
    Path local = Files.createDirectory(folder.resolve("local"));
    Path home = sparkHome(local, conf, run.setting());
    // Leads a process group, as a command of a shell or of a scheduler does.
    ProcessBuilder builder =
        SparkProcess.builder(
            "setsid",
            Path.of("..", "submit", "cluster").toAbsolutePath().toString(),
            "--jar",
            "no.jar",
            conf,
            "--",
            "--master",
            "local[2]");
    builder.environment().put("SPARK_HOME", home.toString());
    Path err = folder.resolve("err");
    Process script = builder.redirectError(err.toFile()).start();
    List<ProcessHandle> started = List.of();
    try {
      assertThat(script.inputReader().lines().anyMatch(line -> line.matches(StoppingJob.EPOCH_3)))
          .as(() -> "epoch 3; " + text(err))
          .isTrue();
      started = script.descendants().toList();
      assertThat(started).anyMatch(KilledCommandTest::isJava);
      assertThat(local).isNotEmptyDirectory();

      long target = killed.equals("the script") ? script.pid() : -script.pid();
      kill(target);

      for (ProcessHandle process : started) {
        process.onExit().get(60, TimeUnit.SECONDS);
      }
      assertThat(script.waitFor()).isEqualTo(DriverProcess.KILLED);
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
      SparkProcess.end(script);
    }
    assertThat(text(err)).contains(said);
    assertThat(local).as("Spark's folders").isEmptyDirectory();

    LocalJob.Outcome again = LocalJob.run(conf, run.setting());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(run.has("_SUCCESS")).isTrue();
  }

  /** A Spark whose spark-submit runs the job of the tests, and stops after epoch 3. */
  private Path sparkHome(Path local, String... arguments) throws IOException {
    Map<String, String> spark = Map.of("spark.local.dir", local.toString());
    String command =
        DriverProcess.of(StoppingJob.class, spark, arguments).command().stream()
            .map(part -> "'" + part.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Path home = folder.resolve("spark");
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/usr/bin/env bash\nexec " + command + "\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static void kill(long target) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-9", "--", Long.toString(target)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static String text(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
