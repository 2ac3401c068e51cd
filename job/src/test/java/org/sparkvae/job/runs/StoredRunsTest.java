package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;

/**
 * Run directories that version 0.1.0 wrote, before {@code evaluation.directory} and {@code
 * training.start-from} were settings: two of four epochs done, and two of two with an evaluation.
 */
@Timeout(120)
class StoredRunsTest {
  private static final Path STORED = Path.of("src/test/resources/stored-runs");
  private static final String CONF = STORED.resolve("job.conf").toString();
  private static final int PARAMETERS = 440;

  /** Of the parameters after two epochs, as they are in memory, big-endian. */
  private static final String DIGEST =
      "9d0b65b8b8b3499d577ac3a439095831e13780c9f094d8c6561507abcf2c6607";

  @TempDir private Path folder;

  private RunFiles stored(String name) throws IOException {
    return new RunFiles(STORED.resolve(name)).copyTo(folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unfinished", "finished"})
  void areRestoredToTheBit(String name) throws IOException {
    try (RunDirectory run =
        RunDirectory.open(stored(name).root().toString(), new Configuration(), "test")) {
      CheckpointStore checkpoints =
          run.checkpoints(
              1,
              warning -> {
                throw new AssertionError(warning);
              });
      CheckpointStore.Restored restored = checkpoints.latest().orElseThrow();
      assertThat(restored.state().epoch()).isEqualTo(2);
      assertThat(restored.state().step()).isEqualTo(8);
      float[] parameters = VaeNetwork.parameters(restored.network()).toFloatVector();
      assertThat(parameters).hasSize(PARAMETERS);
      ByteBuffer bytes = ByteBuffer.allocate(4 * PARAMETERS);
      bytes.asFloatBuffer().put(parameters);
      assertThat(DigestUtils.sha256Hex(bytes.array())).isEqualTo(DIGEST);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unfinished", "finished"})
  void goOnToFourEpochs(String name) throws IOException {
    RunFiles run = stored(name);

    Outcome outcome = LocalJob.run(CONF, run.setting());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines()).filteredOn(line -> line.matches(" *\\d/4 .*")).hasSize(2);
    JsonNode before =
        new RunFiles(STORED.resolve(name)).json(RunFiles.checkpoint(2) + "/state.json");
    List<Row> epochs = run.table("epochs.parquet").rows();
    assertThat(epochs).hasSize(4);
    for (int epoch = 0; epoch < 2; epoch++) {
      assertThat(epochs.get(epoch).<Double>getAs("bound"))
          .isEqualTo(before.get("history").get(epoch).get("bound").doubleValue());
    }
    float[] reached = floats(Files.readAllBytes(STORED.resolve("four-epochs-coefficients.bin")));
    float[] parameters = floats(run.model(4, "coefficients.bin"));
    assertThat(parameters).hasSize(PARAMETERS).containsExactly(reached, within(1e-3f));
    assertThat(run.has("_SUCCESS")).isTrue();
    if (name.equals("finished")) {
      assertThat(run.otherEvaluation().table("evaluation.parquet"))
          .isEqualTo(stored("finished", "before").table("evaluation.parquet"));
    }
  }

  private RunFiles stored(String name, String as) throws IOException {
    return new RunFiles(STORED.resolve(name)).copyTo(folder.resolve(as));
  }

  @Test
  void areDoneOrEvaluatedOtherwise() throws IOException {
    RunFiles run = stored("finished");
    assertThat(LocalJob.run(CONF, run.setting(), "training.epochs=2"))
        .isEqualTo(
            new Outcome(0, "Done already; the results are in file:" + run.root() + "\n", ""));
    assertThat(LocalJob.run(run.root().resolve("config.conf").toString(), run.setting()))
        .as("its own settings")
        .isEqualTo(
            new Outcome(0, "Done already; the results are in file:" + run.root() + "\n", ""));

    String test = "data.test={ source = idx, path = \"%s\" }".formatted(STORED.resolve("train"));
    String conf = Files.writeString(folder.resolve("new.conf"), "pipeline = [evaluate]").toString();
    Outcome outcome = LocalJob.run(conf, run.setting(), test, "evaluation.samples=10");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    RunFiles beside = run.otherEvaluation();
    assertThat(outcome.out()).endsWith("Results in file:" + beside.root() + "\n");
    assertThat(beside.table("evaluation.parquet").rows()).hasSize(40);
  }

  @Test
  void haveTheirScoresRead() throws IOException {
    RunFiles run = stored("finished");
    double nll = run.json("summary.json").get("test_nll").doubleValue();
    List<Row> rows = run.table("evaluation.parquet").rows();

    assertThat(rows).hasSize(6);
    assertThat(rows.stream().mapToDouble(row -> row.getAs("log_likelihood")).average())
        .hasValueCloseTo(-nll, within(1e-9));
  }

  private static float[] floats(byte[] array) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(array))) {
      return Nd4j.read(in).toFloatVector();
    }
  }
}
