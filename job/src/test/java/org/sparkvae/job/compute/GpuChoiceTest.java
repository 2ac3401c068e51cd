package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.Precision;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Gpu;

class GpuChoiceTest {
  private static final Gpu T4 = new Gpu(0, "Tesla T4", 7, 5, 16L << 30);
  private static final Gpu A10 = new Gpu(1, "NVIDIA A10", 8, 6, 24L << 30);
  private static final Gpu H200 = new Gpu(1, "NVIDIA H200", 9, 0, 140L << 30);
  private static final Gpu K20 = new Gpu(0, "Tesla K20", 3, 5, 5L << 30);

  private static final GpuChoice CPU_BUILD = nd4j(false);
  private static final GpuChoice NO_GPU = nd4j(true);
  private static final GpuChoice TWO = nd4j(true, T4, A10);
  private static final GpuChoice ONE_TOO_NEW = nd4j(true, T4, H200);
  private static final GpuChoice DRIVERS = driver("", T4, H200);
  private static final GpuChoice NO_DRIVER = driver("there is no NVIDIA driver (none)");

  private static GpuChoice nd4j(boolean built, Gpu... found) {
    return new GpuChoice("node7", new Nd4jGpus(built, List.of(found)));
  }

  private static GpuChoice driver(String missing, Gpu... found) {
    List<DriverGpus.Card> cards =
        Stream.of(found).map(gpu -> new DriverGpus.Card(gpu, new SimulatedDevice(0))).toList();
    return new GpuChoice(
        "node7",
        new DriverGpus(
            () -> new DriverGpus.Cards(cards, missing, Optional.empty()), Precision.FLOAT32));
  }

  private static ComputeSettings asked(Device device, Integer... gpus) {
    return new ComputeSettings(
        ComputeSettings.Backend.AUTO, device, List.of(gpus), Precision.FLOAT32);
  }

  private static GpuAddress address(int index) {
    return new GpuAddress(index, Optional.empty());
  }

  @Test
  void isTheCpuWhereThereIsNoGpu() {
    for (Device device : List.of(Device.AUTO, Device.CPU)) {
      assertThat(CPU_BUILD.usable(asked(device))).isEmpty();
      assertThat(NO_GPU.usable(asked(device, 3))).isEmpty();
      assertThat(NO_DRIVER.usable(asked(device, 3))).isEmpty();
    }
  }

  @Test
  void isAllGpusOrThoseAskedFor() {
    assertThat(TWO.usable(asked(Device.AUTO))).containsExactly(0, 1);
    assertThat(TWO.usable(asked(Device.GPU))).containsExactly(0, 1);
    assertThat(TWO.usable(asked(Device.GPU, 1))).containsExactly(1);
    assertThat(TWO.assigned(address(1))).isEqualTo(1);
    assertThat(DRIVERS.usable(asked(Device.AUTO))).containsExactly(0, 1);
    assertThat(DRIVERS.usable(asked(Device.GPU, 1))).containsExactly(1);
    assertThat(DRIVERS.assigned(address(1))).isEqualTo(1);
  }

  @Test
  void refusesToGoWithoutAGpuThatWasAskedFor() {
    refused(() -> CPU_BUILD.usable(asked(Device.GPU)))
        .hasMessage(
            "compute.device is gpu, but compute.backend is nd4j, and this build of the job has no"
                + " CUDA backend of ND4J: set it to auto, or build with mvn -Pcuda package");
    refused(() -> NO_GPU.usable(asked(Device.GPU)))
        .hasMessage(
            "compute.device is gpu, but ND4J finds none on node7: see what nvidia-smi says there,"
                + " and CUDA_VISIBLE_DEVICES");
    refused(() -> CPU_BUILD.assigned(address(0)))
        .hasMessage(
            "Spark assigned a task the GPU 0, but compute.backend is nd4j, and this build of the job"
                + " has no CUDA backend of ND4J: set it to auto, or build with mvn -Pcuda package");
    refused(() -> NO_DRIVER.usable(asked(Device.GPU)))
        .hasMessage(
            "compute.device is gpu, but on node7 there is no NVIDIA driver (none): see what"
                + " nvidia-smi says there, and CUDA_VISIBLE_DEVICES");
    refused(() -> NO_DRIVER.assigned(address(0)))
        .hasMessage(
            "Spark assigned a task the GPU 0, but on node7 there is no NVIDIA driver (none): see"
                + " what nvidia-smi says there, and CUDA_VISIBLE_DEVICES");
    refused(() -> DRIVERS.assigned(address(2)))
        .hasMessage(
            "Spark assigned a task the GPU 2, but the driver finds only 2 on node7: look at the"
                + " discovery script and at CUDA_VISIBLE_DEVICES there");
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
    refused(() -> nd4j(true, K20).usable(asked(Device.AUTO)))
        .hasMessageStartingWith("ND4J has no kernels for GPU 0 (Tesla K20, ");
  }

  @Test
  void leavesAloneWhatTheDriverHasNoKernelsFor() {
    Gpu t4 = new Gpu(1, "Tesla T4", 7, 5, 16L << 30);
    GpuChoice mixed = driver("", K20, t4);
    assertThat(mixed.usable(asked(Device.AUTO))).containsExactly(1);
    assertThat(mixed.usable(asked(Device.GPU))).containsExactly(1);
    assertThat(driver("", K20).usable(asked(Device.AUTO))).isEmpty();
    String line =
        "there are no kernels for GPU 0 (Tesla K20, compute capability 3.5, 5.0 GiB) of node7, but"
            + " for compute capabilities of 5.0 and above: use other GPUs, or the CPU";
    refused(() -> driver("", K20).usable(asked(Device.GPU))).hasMessage(line);
    refused(() -> mixed.usable(asked(Device.AUTO, 0))).hasMessage(line);
    refused(() -> mixed.assigned(address(0))).hasMessage(line);
  }

  @Test
  void doesNotAskTheDriverWhereTheCpuWasAskedFor() {
    Gpus unasked =
        new DriverGpus(
            () -> {
              throw new AssertionError("the driver was asked");
            },
            Precision.FLOAT32);
    assertThat(new GpuChoice("node7", unasked).usable(asked(Device.CPU))).isEmpty();
    assertThat(DRIVERS.usable(asked(Device.CPU, 1))).isEmpty();
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
