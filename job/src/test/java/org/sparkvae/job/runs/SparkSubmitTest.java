package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.SparkProcess;

/**
 * The function {@code spark_submit} that the commands share, under a Spark that only says a line.
 */
@Timeout(60)
class SparkSubmitTest {
  private static final Path SUBMIT = Path.of("..", "submit").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Path spark = folder.resolve("bin/spark-submit");
    Files.createDirectories(spark.getParent());
    Files.writeString(
        spark,
        """
        #!/usr/bin/env bash
        read -r end pipe <<< "$SPARK_VAE_LIFELINE"
        [[ $(readlink "/proc/$$/fd/$end") == "$pipe" ]] && echo "tied, $1"
        exit 3
        """);
    assertThat(spark.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void tiesTheDriverToTheScript() throws Exception {
    assertThat(said("spark_submit once")).isEqualTo("tied, once\nstatus 3\n");
  }

  @Test
  void tiesTheDriverToASubshell() throws Exception {
    assertThat(said("(spark_submit inside) || echo failed; spark_submit then"))
        .isEqualTo("tied, inside\nfailed\ntied, then\nstatus 3\n");
  }

  private String said(String commands) throws Exception {
    String script =
        "set -euo pipefail\nhere=%s\nname=test\nsource \"$here/common.bash\"\n%s\n"
            .formatted(SUBMIT, commands);
    ProcessBuilder builder = SparkProcess.builder("bash", "-c", script);
    builder.environment().put("SPARK_HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes());
    return out + "status " + process.waitFor() + "\n";
  }
}
