package org.sparkvae.job.compute;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.cuda.CudaDevice;
import org.sparkvae.device.cuda.Driver;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Gpu;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The GPUs of NVIDIA's driver, beside ND4J's CPU backend: an array lies in host memory, and on a
 * GPU where a bound thread computes with it. Each GPU has one set of kernels, which all threads of
 * the process share. The driver is asked at the first need.
 */
final class DriverGpus implements Gpus {
  private static final int LEAST_MAJOR = 5;

  /** A GPU, and what reaches it. */
  record Card(Gpu gpu, Device device) {}

  /**
   * What there is.
   *
   * @param cards by index
   * @param missing why there are none, where there are none
   * @param fault what is wrong with the driver, where something is
   */
  record Cards(List<Card> cards, String missing, Optional<String> fault) {}

  private final Supplier<Cards> look;
  private final Precision products;
  private final Map<Integer, DeviceKernels> kernels = new ConcurrentHashMap<>();

  /** Why nothing can be begun on a GPU, of those that were tried. */
  private final Map<Integer, Optional<String>> faults = new ConcurrentSkipListMap<>();

  private Cards cards;

  /**
   * Those that a look finds, which is taken once.
   *
   * @param products how precise the factors of products are
   */
  DriverGpus(Supplier<Cards> look, Precision products) {
    this.look = look;
    this.products = products;
  }

  static DriverGpus ofThisMachine(Precision products) {
    return new DriverGpus(DriverGpus::look, products);
  }

  /** A driver that does not work is as good as none, but worth a word. */
  private static Cards look() {
    try {
      List<Card> cards = Driver.devices().stream().map(DriverGpus::card).toList();
      return new Cards(cards, Driver.missing().orElse(""), Optional.empty());
    } catch (DeviceException e) {
      String fault = "the driver does not work (%s)".formatted(e.getMessage());
      return new Cards(List.of(), fault, Optional.of(fault));
    }
  }

  private static Card card(CudaDevice device) {
    return new Card(
        new Gpu(device.ordinal(), device.name(), device.major(), device.minor(), device.bytes()),
        device);
  }

  private synchronized Cards cards() {
    if (cards == null) {
      cards = look.get();
    }
    return cards;
  }

  @Override
  public List<Gpu> found() {
    return cards().cards().stream().map(Card::gpu).toList();
  }

  /** Those that can be used: the others are in nobody's way. */
  @Override
  public List<Gpu> offered() {
    return found().stream().filter(gpu -> isSupported(gpu) && fault(gpu).isEmpty()).toList();
  }

  /** Why nothing can be begun on a GPU, such as where others have filled it. */
  private Optional<String> fault(Gpu gpu) {
    return faults.computeIfAbsent(gpu.index(), this::tried);
  }

  private Optional<String> tried(int gpu) {
    try {
      device(gpu).available();
      return Optional.empty();
    } catch (DeviceException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean isSupported(Gpu gpu) {
    return gpu.major() >= LEAST_MAJOR;
  }

  @Override
  public String finder() {
    return "the driver";
  }

  @Override
  public String missing(String host) {
    return "on %s %s: see what nvidia-smi says there, and CUDA_VISIBLE_DEVICES"
        .formatted(host, cards().missing());
  }

  @Override
  public Optional<String> unsupported(Gpu gpu, String host) {
    return isSupported(gpu)
        ? fault(gpu).map(fault -> "on %s nothing can be begun on a GPU: %s".formatted(host, fault))
        : Optional.of(
            "there are no kernels for %s of %s, but for compute capabilities of %d.0 and above: use other GPUs, or the CPU"
                .formatted(gpu, host, LEAST_MAJOR));
  }

  @Override
  public Optional<String> whyNotTheCpu(String host) {
    return Optional.empty();
  }

  /** Only tasks compute on GPUs. */
  @Override
  public void prepareDriver(GpuChoice choice, ComputeSettings settings, boolean local) {
    if (local) {
      choice.usable(settings);
    }
  }

  @Override
  public void bind(int gpu) {
    Backend.use(of(gpu));
  }

  private DeviceKernels of(int gpu) {
    return kernels.computeIfAbsent(gpu, index -> new DeviceKernels(device(index), products));
  }

  private Device device(int gpu) {
    return cards().cards().get(gpu).device();
  }

  @Override
  public void unbind() {
    Backend.use((Kernels) null);
  }

  @Override
  public void finish(int gpu) {
    device(gpu).finish();
  }

  @Override
  public String describe(int gpu) {
    return of(gpu) + "; beside it " + Backend.describe() + leftAlone();
  }

  @Override
  public String describeCpu() {
    return Backend.describe() + faultOfDriver() + leftAlone();
  }

  /** None where the driver was not asked, as where the CPU is asked for. */
  private synchronized String faultOfDriver() {
    return cards == null ? "" : cards.fault().map(fault -> "; no GPU: " + fault).orElse("");
  }

  private String leftAlone() {
    return faults.entrySet().stream()
        .flatMap(
            tried ->
                tried.getValue().stream()
                    .map(fault -> "; GPU %d is left alone: %s".formatted(tried.getKey(), fault)))
        .collect(Collectors.joining());
  }
}
