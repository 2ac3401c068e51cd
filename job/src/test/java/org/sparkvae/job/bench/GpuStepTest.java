package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
    Path out = folder.resolve("out");
    assertThat(Bench.run("gpu-table", steps.toString(), job.toString(), "--out", out.toString()))
        .isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.get(1).trim().split("  +"))
        .containsExactly("a", "100", "spark-vae", "100", "1,000,000", "10.0", "20%", "20.0x");
    assertThat(lines.get(2).trim().split("  +"))
        .containsExactly("a", "100", "PyTorch eager", "2,000", "50,000", "0.5", "1%", "1.0x");
    assertThat(lines.get(3).trim().split("  +"))
        .containsExactly("a", "1,000", "spark-vae", "1,000", "1,000,000", "10.0", "20%");
    assertThat(lines.get(4))
        .isEqualTo(
            "conf/mnist.conf through the job, data.shards = 2: training, images/s: 1,234,568");
  }
}
