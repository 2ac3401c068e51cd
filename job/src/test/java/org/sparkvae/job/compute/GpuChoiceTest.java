package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Gpu;

class GpuChoiceTest {
  private static final Gpu T4 = new Gpu(0, "Tesla T4", 7, 5, 16L << 30);
  private static final Gpu A10 = new Gpu(1, "NVIDIA A10", 8, 6, 24L << 30);
  private static final Gpu H200 = new Gpu(1, "NVIDIA H200", 9, 0, 140L << 30);
  private static final Gpu K20 = new Gpu(0, "Tesla K20", 3, 5, 5L << 30);

  private static final GpuChoice CPU_BUILD = new GpuChoice("node7", false, List.of());
  private static final GpuChoice NO_GPU = new GpuChoice("node7", true, List.of());
  private static final GpuChoice TWO = new GpuChoice("node7", true, List.of(T4, A10));
  private static final GpuChoice ONE_TOO_NEW = new GpuChoice("node7", true, List.of(T4, H200));

  private static ComputeSettings asked(Device device, Integer... gpus) {
    return new ComputeSettings(device, List.of(gpus));
  }

  private static GpuAddress address(int index) {
    return new GpuAddress(index, Optional.empty());
  }

  @Test
  void isTheCpuWhereThereIsNoGpu() {
    for (Device device : List.of(Device.AUTO, Device.CPU)) {
      assertThat(CPU_BUILD.usable(asked(device))).isEmpty();
      assertThat(NO_GPU.usable(asked(device, 3))).isEmpty();
    }
  }

  @Test
  void isAllGpusOrThoseAskedFor() {
    assertThat(TWO.usable(asked(Device.AUTO))).containsExactly(0, 1);
    assertThat(TWO.usable(asked(Device.GPU))).containsExactly(0, 1);
    assertThat(TWO.usable(asked(Device.GPU, 1))).containsExactly(1);
    assertThat(TWO.assigned(address(1))).isEqualTo(1);
  }

  @Test
  void refusesToGoWithoutAGpuThatWasAskedFor() {
    refused(() -> CPU_BUILD.usable(asked(Device.GPU)))
        .hasMessage(
            "compute.device is gpu, but this build of the job computes on the CPU: build it with"
                + " mvn -Pcuda package");
    refused(() -> NO_GPU.usable(asked(Device.GPU)))
        .hasMessage(
            "compute.device is gpu, but ND4J finds none on node7: see what nvidia-smi says there,"
                + " and CUDA_VISIBLE_DEVICES");
    refused(() -> CPU_BUILD.assigned(address(0)))
        .hasMessage(
            "Spark assigned a task the GPU 0, but this build of the job computes on the CPU: build"
                + " it with mvn -Pcuda package");
    refused(() -> TWO.assigned(address(2)))
        .hasMessageStartingWith(
            "Spark assigned a task the GPU 2, but ND4J finds only 2 on node7: ");
    refused(() -> TWO.usable(asked(Device.AUTO, 0, 2)))
        .hasMessage("compute.gpus names GPU 2, but node7 has GPUs 0 to 1: name those");
  }

  @Test
  void refusesAGpuWithoutKernels() {
    String line =
        "ND4J has no kernels for GPU 1 (NVIDIA H200, compute capability 9.0, 140.0 GiB) of node7,"
            + " but for compute capabilities 3.7 and 5.0 to 8.9: use other GPUs, or hide this one"
            + " by CUDA_VISIBLE_DEVICES";
    refused(() -> ONE_TOO_NEW.usable(asked(Device.AUTO))).hasMessage(line);
    refused(() -> ONE_TOO_NEW.assigned(address(1))).hasMessage(line);
    assertThat(ONE_TOO_NEW.usable(asked(Device.GPU, 0))).containsExactly(0);
    assertThat(ONE_TOO_NEW.assigned(address(0))).isZero();
    refused(() -> new GpuChoice("n", true, List.of(K20)).usable(asked(Device.AUTO)))
        .hasMessageStartingWith("ND4J has no kernels for GPU 0 (Tesla K20, ");
  }

  @Test
  void refusesAGpuWhereTheCpuWasAskedFor() {
    refused(() -> TWO.usable(asked(Device.CPU)))
        .hasMessageStartingWith("compute.device is cpu, but node7 has GPU 0 (Tesla T4, ")
        .hasMessageEndingWith(
            ": set CUDA_VISIBLE_DEVICES to nothing there, or build without -Pcuda");
  }

  private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(SettingsException.class);
  }
}
