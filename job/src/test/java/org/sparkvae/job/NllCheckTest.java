package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NllCheckTest {
  @TempDir private Path run;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void passesARunThatIsAsGood() throws IOException {
    summary("{\"test_nll\": 97.0412, \"epochs\": 20}");
    assertThat(check(run.toString(), "97.0412")).isZero();
    assertThat(text(out))
        .isEqualTo(
            "spark-vae: "
                + run
                + "/summary.json: the test NLL is 97.0412, within 97.0412 nats/image\n");
    assertThat(check("file://" + run, "1e3")).isZero();
    assertThat(text(err)).isEmpty();
  }

  @Test
  void failsAWorseOne() throws IOException {
    summary("{\"test_nll\": 97.0412}");
    assertThat(check(run.toString(), "97.0411")).isEqualTo(1);
    assertThat(text(out)).isEmpty();
    assertThat(text(err))
        .isEqualTo(
            "spark-vae: error: "
                + run
                + "/summary.json: the test NLL is 97.0412, above the bound of 97.0411 nats/image\n");
  }

  @Test
  void failsWhereThereIsNone() throws IOException {
    fails(": error: " + run + "/summary.json is missing: the run is not done");
    summary("{\"test_nll\": null}");
    fails("/summary.json holds no test_nll: evaluate the run first");
    summary("{\"test_nll\": \"NaN\"}");
    fails("/summary.json holds no test_nll: evaluate the run first");
    summary("{");
    fails("/summary.json is no JSON: run the job again");
  }

  @Test
  void refusesOtherArguments() {
    assertThat(check()).isEqualTo(2);
    assertThat(check(run.toString(), "low")).isEqualTo(2);
    assertThat(check(run.toString(), "NaN")).isEqualTo(2);
    assertThat(text(err)).hasLineCount(3).contains("usage: NllCheck RUN-DIRECTORY WORST-NLL");
  }

  private void fails(String line) {
    err.reset();
    assertThat(check(run.toString(), "100")).isEqualTo(1);
    assertThat(text(err)).endsWith(line + "\n").hasLineCount(1);
  }

  private void summary(String json) throws IOException {
    Files.writeString(run.resolve("summary.json"), json);
  }

  private int check(String... args) {
    return new NllCheck(new Configuration())
        .run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
