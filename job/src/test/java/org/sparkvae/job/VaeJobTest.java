package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.settings.JobSettings;

class VaeJobTest {
  @TempDir private Path folder;
  private String conf;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<JobSettings> ran = new ArrayList<>();

  @BeforeEach
  void conf() throws IOException {
    conf =
        Files.writeString(
                folder.resolve("x.conf"),
                """
                run.directory = r, pipeline = [evaluate]
                data.test { source = idx, path = t }
                """)
            .toString();
  }

  @Test
  void runsThePipelineWithTheSettings() {
    assertThat(run(ran::add, conf, "seed=5", "run.directory=hdfs://a/b")).isZero();
    assertThat(ran).hasSize(1);
    assertThat(ran.get(0).seed()).isEqualTo(5);
    assertThat(ran.get(0).run().directory()).isEqualTo("hdfs://a/b");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void printsWarningsAndGoesOn() {
    assertThat(run(ran::add, conf, "data.threshold=0.1")).isZero();
    assertThat(ran).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "spark-vae: warning: command line: data.threshold has no effect where"
                + " data.binarisation is dynamic\n");
  }

  @Test
  void endsWithTwoWhereSettingsAreWrong() {
    assertThat(run(ran::add, conf, "seed=x")).isEqualTo(2);
    assertThat(ran).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("spark-vae: error: command line: seed is \"x\", but must be a whole number\n");
  }

  @Test
  void printsNoSecret() {
    Pipeline failing =
        settings -> {
          throw new DataException("s3a://key:word@bucket/images: does not exist");
        };
    assertThat(run(failing, conf)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("spark-vae: error: s3a://(redacted)@bucket/images: does not exist\n");
  }

  @Test
  void printsNoSecretInAStackTrace() {
    Pipeline failing =
        settings -> {
          Exception cause = new IOException("s3a://key:word@bucket/cause: 403");
          cause.addSuppressed(new IOException("closing s3a://key:word@bucket/suppressed"));
          throw new DataException("s3a://key:word@bucket/images: cannot be read", cause);
        };
    assertThat(run(failing, "--verbose", conf)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            "org.sparkvae.job.data.faults.DataException: s3a://(redacted)@bucket/images: cannot be read\n"
                + "\tat org.sparkvae.job.VaeJobTest.")
        .contains(
            "Caused by: java.io.IOException: s3a://(redacted)@bucket/cause: 403\n",
            "Suppressed: java.io.IOException: closing s3a://(redacted)@bucket/suppressed\n")
        .endsWith("\nspark-vae: error: s3a://(redacted)@bucket/images: cannot be read\n")
        .doesNotContain("word");
  }

  @Test
  void endsWithTwoWhereTheCommandLineIsWrong() {
    assertThat(run(ran::add)).isEqualTo(2);
    assertThat(run(ran::add, conf, "--nope")).isEqualTo(2);
    assertThat(run(ran::add, "--nope")).isEqualTo(2);
    assertThat(run(ran::add, "@" + conf)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "spark-vae: error: command line: Missing required parameter: 'CONF'; see --help\n"
                + "spark-vae: error: command line: Unknown option: '--nope'; see --help\n".repeat(2)
                + "spark-vae: error: "
                + Path.of("@" + conf).toAbsolutePath()
                + ": no such file; give the path of a settings file, such as conf/mnist.conf\n");
  }

  @Test
  void endsWithThreeWhereTheDataIsWrong() {
    Pipeline bad =
        settings -> {
          throw new IllegalStateException(new DataException("t: no such file; check the path"));
        };
    assertThat(run(bad, conf)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("spark-vae: error: t: no such file; check the path\n");
  }

  @Test
  void endsWithOneWhereAnythingElseIsWrong() {
    assertThat(run(VaeJobTest::fail, conf)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "spark-vae: error: StackOverflowError: deep; run again with --verbose for the stack"
                + " trace\n");
  }

  @Test
  void showsTheStackTraceWhereAsked() {
    assertThat(run(VaeJobTest::fail, "--verbose", conf)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("java.lang.StackOverflowError: deep\n\tat org.sparkvae.job.VaeJobTest.fail(")
        .endsWith("\nspark-vae: error: StackOverflowError: deep\n");
  }

  @Test
  void showsHelpAndVersions() {
    assertThat(run(ran::add, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: spark-vae [--help] [--verbose] [--version] CONF [key=value...]\n")
        .contains("Exit status:\n  0   done, or already done\n");
    out.reset();
    assertThat(run(ran::add, "--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("spark_vae ")
        .contains("\nspark 3.5.5\n", "\ndl4j 1.0.0-M2.1\n", "\njava ");
    assertThat(ran).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private int run(Pipeline pipeline, String... args) {
    return new VaeJob(pipeline)
        .run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static void fail(JobSettings settings) {
    throw new StackOverflowError("deep");
  }
}
