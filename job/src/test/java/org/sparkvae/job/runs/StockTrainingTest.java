package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.Mnist;
import org.sparkvae.job.fixtures.RunFiles;

/** The whole command with Deeplearning4j's own parameter averaging. */
class StockTrainingTest {
  @TempDir private Path folder;

  @Test
  void raisesTheBound() throws IOException {
    String conf = Mnist.conf(folder, "report.pictures = false");
    RunFiles run = RunFiles.in(folder, "run");
    Outcome outcome = LocalJob.run(conf, run.setting(), "training.averaging.strategy=dl4j");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines()).filteredOn(line -> line.matches(" *\\d/3 .*")).hasSize(3);
    JsonNode history = run.history(3);
    double first = history.get(0).get("bound").doubleValue();
    double last = history.get(2).get("bound").doubleValue();
    assertThat(last).isBetween(-300.0, -50.0).isGreaterThan(first + 5);
    assertThat(-run.json("summary.json").get("test_nll").doubleValue()).isGreaterThan(first);
    assertThat(run.table("evaluation.parquet").rows()).hasSize(20);
    assertThat(run.has("_SUCCESS")).isTrue();
  }
}
