package org.sparkvae.job.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkvae.device.Precision;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Backend;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.tensor.kernels.Gpu;

/** What tasks of this process compute on, by default settings, while this is open. */
public final class SimulatedGpus implements AutoCloseable {
  private static final ComputeSettings SETTINGS =
      new ComputeSettings(Backend.AUTO, Device.AUTO, List.of(), Precision.FLOAT32);

  private final List<SimulatedDevice> devices;

  /** GPUs of so many bytes each. */
  public SimulatedGpus(long... bytes) {
    devices = Arrays.stream(bytes).mapToObj(SimulatedDevice::new).toList();
    List<DriverGpus.Card> cards =
        IntStream.range(0, bytes.length)
            .mapToObj(
                i -> new DriverGpus.Card(new Gpu(i, "simulated", 8, 0, bytes[i]), devices.get(i)))
            .toList();
    ComputeNode.simulate(
        SETTINGS,
        new DriverGpus(() -> new DriverGpus.Cards(cards, "", Optional.empty()), Precision.FLOAT32));
  }

  /** How often kernels of each were launched so far. */
  public List<Integer> launches() {
    return devices.stream().map(SimulatedDevice::launches).toList();
  }

  /** The names of the kernels that were loaded on any. */
  public Set<String> kernels() {
    return devices.stream().flatMap(SimulatedGpus::kernels).collect(Collectors.toSet());
  }

  /** On how many a kernel of a name was loaded. */
  public int having(String kernel) {
    return (int) devices.stream().filter(of -> kernels(of).anyMatch(kernel::equals)).count();
  }

  private static Stream<String> kernels(SimulatedDevice device) {
    return device.kernels().stream().map(Kernel::name);
  }

  @Override
  public void close() {
    ComputeNode.simulate(null, null);
  }
}
