package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Backend;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.tensor.kernels.Gpu;

class GpusTest {
  private static ComputeSettings by(Backend backend) {
    return new ComputeSettings(backend, Device.AUTO, List.of(), Precision.FLOAT32);
  }

  private static DriverGpus.Card card(int index, int major) {
    return new DriverGpus.Card(
        new Gpu(index, "simulated", major, 0, 1 << 20), new SimulatedDevice(1 << 20));
  }

  @Test
  void areTheDriversUnlessTheBuildOrTheSettingsMeanOthers() {
    assertThat(Gpus.of(by(Backend.AUTO), false)).isInstanceOf(DriverGpus.class);
    assertThat(Gpus.of(by(Backend.DRIVER), false)).isInstanceOf(DriverGpus.class);
    assertThat(Gpus.of(by(Backend.ND4J), false)).isInstanceOf(Nd4jGpus.class);
    assertThat(Gpus.of(by(Backend.AUTO), true)).isInstanceOf(Nd4jGpus.class);
    assertThatThrownBy(() -> Gpus.of(by(Backend.DRIVER), true))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "compute.backend is driver, but this build of the job computes by ND4J's CUDA backend:"
                + " set it to nd4j, or build without -Pcuda");
  }

  @Test
  void tellOfADriverThatDoesNotWork() {
    String fault = "the driver does not work (cuInit: error 999)";
    DriverGpus broken =
        new DriverGpus(
            () -> new DriverGpus.Cards(List.of(), fault, Optional.of(fault)), Precision.FLOAT32);
    assertThat(broken.found()).isEmpty();
    assertThat(broken.describeCpu()).startsWith("ND4J ").endsWith("; no GPU: " + fault);
    assertThat(broken.missing("node7"))
        .isEqualTo(
            "on node7 " + fault + ": see what nvidia-smi says there, and CUDA_VISIBLE_DEVICES");
  }

  @Test
  void areNotLookedForWhereTheCpuIsAskedFor() {
    DriverGpus unasked =
        new DriverGpus(
            () -> {
              throw new AssertionError("the driver was asked");
            },
            Precision.FLOAT32);
    GpuChoice choice = new GpuChoice("node7", unasked);
    ComputeSettings cpu =
        new ComputeSettings(Backend.AUTO, Device.CPU, List.of(), Precision.FLOAT32);
    unasked.prepareDriver(choice, cpu, true);
    assertThat(unasked.describeCpu()).startsWith("ND4J ").doesNotContain("GPU");
  }

  /** One on which others left no memory, and one that may be used. */
  @Test
  void areLeftAloneWhereNothingCanBeBegunOnThem() {
    Gpu full = new Gpu(0, "simulated", 8, 0, 1 << 20);
    DriverGpus gpus =
        new DriverGpus(
            () ->
                new DriverGpus.Cards(
                    List.of(new DriverGpus.Card(full, refusing("no memory")), card(1, 8)),
                    "",
                    Optional.empty()),
            Precision.FLOAT32);
    GpuChoice choice = new GpuChoice("node7", gpus);
    assertThat(choice.usable(by(Backend.AUTO))).containsExactly(1);
    assertThat(gpus.describe(1)).endsWith("; GPU 0 is left alone: no memory");
    assertThatThrownBy(() -> choice.assigned(new GpuAddress(0, Optional.empty())))
        .isInstanceOf(SettingsException.class)
        .hasMessage("on node7 nothing can be begun on a GPU: no memory");
  }

  @Test
  void areLeftAloneForTheCpuUnlessOneIsAskedFor() {
    Gpu full = new Gpu(0, "simulated", 8, 0, 1 << 20);
    DriverGpus gpus =
        new DriverGpus(
            () ->
                new DriverGpus.Cards(
                    List.of(new DriverGpus.Card(full, refusing("no memory"))),
                    "",
                    Optional.empty()),
            Precision.FLOAT32);
    GpuChoice choice = new GpuChoice("node7", gpus);
    assertThat(choice.usable(by(Backend.AUTO))).isEmpty();
    assertThat(gpus.describeCpu()).endsWith("; GPU 0 is left alone: no memory");
    ComputeSettings asked =
        new ComputeSettings(Backend.AUTO, Device.GPU, List.of(), Precision.FLOAT32);
    assertThatThrownBy(() -> choice.usable(asked))
        .isInstanceOf(SettingsException.class)
        .hasMessage("on node7 nothing can be begun on a GPU: no memory");
  }

  private static org.sparkvae.device.Device refusing(String why) {
    return (org.sparkvae.device.Device)
        Proxy.newProxyInstance(
            GpusTest.class.getClassLoader(),
            new Class<?>[] {org.sparkvae.device.Device.class},
            (proxy, method, arguments) -> {
              throw new DeviceException(why);
            });
  }

  @Test
  void ofTheDriverAreTasksOwn() {
    DriverGpus old =
        new DriverGpus(
            () -> new DriverGpus.Cards(List.of(card(0, 3)), "", Optional.empty()),
            Precision.FLOAT32);
    GpuChoice choice = new GpuChoice("node7", old);
    ComputeSettings asked =
        new ComputeSettings(Backend.AUTO, Device.GPU, List.of(), Precision.FLOAT32);
    old.prepareDriver(choice, asked, false);
    assertThatThrownBy(() -> old.prepareDriver(choice, asked, true))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("there are no kernels for GPU 0 (simulated, ");
  }
}
