package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.device.Precision;
import org.sparkvae.job.compute.ComputeNode;
import org.sparkvae.job.compute.SimulatedGpus;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;

/** Steps on a simulated GPU, and their table. */
class GpuStepTest {
  private static final ComputeSettings ON_GPU =
      new ComputeSettings(
          ComputeSettings.Backend.AUTO, ComputeSettings.Device.GPU, List.of(), Precision.FLOAT32);

  @TempDir private Path folder;

  @AfterEach
  void unbind() {
    Backend.use((Kernels) null);
  }

  @Test
  void areMeasuredOnTheFirst() {
    try (SimulatedGpus gpus = new SimulatedGpus(1 << 26, 1 << 26)) {
      assertThat(ComputeNode.bindToFirst(ON_GPU)).contains("a simulated GPU");
      assertThat(new Sgemm(2, 3, 4).gigaflops(1)).isPositive();
      assertThat(gpus.launches().get(0)).isPositive();
      assertThat(gpus.launches().get(1)).isZero();
    }
  }

  /** By as many threads as are asked for. */
  @Test
  void scoringIsMeasuredByThreads() throws Exception {
    Path out = folder.resolve("out");
    try (SimulatedGpus gpus = new SimulatedGpus(1 << 26)) {
      List<String> settings =
          List.of(
              "model.latent=2",
              "model.encoder.hidden=[3]",
              "model.decoder.hidden=[3]",
              "evaluation.samples=5",
              "evaluation.block=4");
      List<String> command =
          new ArrayList<>(
              List.of("gpu", "evaluation", "--out", "" + out, "--name", "a", "--tasks", "1,2"));
      command.addAll(List.of("--images", "2", "../conf/mnist.conf"));
      command.addAll(settings);
      assertThat(Bench.run(command.toArray(String[]::new))).isZero();
      assertThat(gpus.launches().get(0)).isPositive();
    }
    List<GpuScoring> measured = Bench.read(out, GpuScoring.class);
    assertThat(measured).extracting(GpuScoring::tasks).containsExactly(1, 2);
    assertThat(measured)
        .allSatisfy(
            one -> {
              assertThat(one.model()).isEqualTo("a");
              assertThat(one.engine()).isEqualTo("spark-vae");
              assertThat(one.rate()).isPositive();
            });
  }

  @Test
  void needAGpu() {
    try (SimulatedGpus gpus = new SimulatedGpus()) {
      assertThatThrownBy(() -> ComputeNode.bindToFirst(ON_GPU))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("compute.device is gpu, but ");
      assertThat(gpus.launches()).isEmpty();
    }
  }

  /** As programs write them: PyTorch's tell no operations. */
  @Test
  void areSetBesideThoseOfTheSameWork() throws Exception {
    Path steps = folder.resolve("steps");
    Files.writeString(
        steps,
        """
        {"model":"a","batch":100,"engine":"spark-vae","seconds":1e-4,"gigaflop":1.0,"rate":50000.0}
        {"model":"a","batch":100,"engine":"PyTorch eager","seconds":2e-3}
        {"model":"a","batch":1000,"engine":"spark-vae","seconds":1e-3,"gigaflop":10.0,"rate":50000.0}
        """);
    Path job = folder.resolve("job");
    Files.writeString(
        job,
        """
        {"phase":"TRAINING","engine":"spark-vae","workers":2,"rate":1234567.8,"computeShare":0.5}
        """);
    Path scored = folder.resolve("scored");
    Files.writeString(
        scored,
        """
        {"model":"a","engine":"spark-vae","tasks":8,"rate":12000.0}
        {"model":"a","engine":"PyTorch eager","tasks":1,"rate":1000.0}
        {"model":"a","engine":"PyTorch, CUDA graph, 20 at once","tasks":1,"rate":8000.0}
        {"model":"b","engine":"spark-vae","tasks":1,"rate":9.0}
        """);
    Path out = folder.resolve("out");
    assertThat(
            Bench.run("gpu", "table", "" + steps, "" + scored, "" + job, "--out", out.toString()))
        .isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(1).trim().split("  +"))
        .containsExactly("a", "100", "spark-vae", "100", "1,000,000", "10.0", "20%", "20.0x");
    assertThat(lines.get(2).trim().split("  +"))
        .containsExactly("a", "100", "PyTorch eager", "2,000", "50,000", "0.5", "1%", "1.0x");
    assertThat(lines.get(3).trim().split("  +"))
        .containsExactly("a", "1,000", "spark-vae", "1,000", "1,000,000", "10.0", "20%");
    assertThat(lines.get(6).trim().split("  +"))
        .containsExactly("a", "8", "spark-vae", "12,000", "1.50x");
    assertThat(lines.get(8).trim().split("  +"))
        .containsExactly("a", "1", "PyTorch, CUDA graph, 20 at once", "8,000", "1.00x");
    assertThat(lines.get(9).trim().split("  +")).containsExactly("b", "1", "spark-vae", "9");
    assertThat(lines.get(11))
        .isEqualTo(
            "conf/mnist.conf through the job, data.shards = 2: training, images/s: 1,234,568");
  }
}
