package org.sparkvae.job.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooCommandTest {
  @TempDir private Path out;

  @Test
  void writesTheTableOfFinishedAndFailedRuns() throws IOException {
    Path plain = Files.createDirectory(out.resolve("plain"));
    Files.writeString(
        plain.resolve("summary.json"),
        """
        {
          "test_nll": 97.04, "test_nll_standard_error": 0.81, "test_images": 1000,
          "reliable_images": 1000, "log_likelihood_of": "bits, dynamic binarisation"
        }""");

    int status =
        ZooCommand.run(
            "--out",
            out.toString(),
            "--failed",
            "grid=rows = 7: no",
            "--budget",
            "little",
            "plain");

    assertThat(status).isZero();
    assertThat(out.resolve("table.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(out.resolve("table.txt")))
        .startsWith("little", "", "log p(x) of bits, dynamic binarisation, nats an image")
        .endsWith("", "failed", "grid: rows = 7: no");
    JsonNode table = new ObjectMapper().readTree(out.resolve("table.json").toFile());
    assertThat(table.path("budget").asText()).isEqualTo("little");
    assertThat(table.path("rows")).hasSize(1);
    assertThat(table.path("rows").path(0).path("nll").asDouble()).isEqualTo(97.04);
    assertThat(table.path("rows").path(0).path("kl").isNull()).isTrue();
    assertThat(table.path("failed").path(0).path("error").asText()).isEqualTo("rows = 7: no");
  }

  @Test
  void failsWhereARunHasNoSummary() {
    assertThat(ZooCommand.run("--out", out.toString(), "--budget", "little", "none")).isEqualTo(1);
  }
}
