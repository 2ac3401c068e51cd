package org.sparkvae.tensor.device;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.tensor.device.kernel.Skeletons;

/** Builds the kernels of a device once, and launches them. Safe for threads. */
final class Launcher {
  /** A kernel by what it is for, as building one takes longer than launching it. */
  private record Name(Object name, Object variant) {}

  /** Bytes that the threads of a block may share, as kernels are built, on every card. */
  private static final int MOST_SHARED = 48 << 10;

  private final Device device;
  private final DeviceArrays arrays;
  private final Recordings recordings;
  private final Map<Name, Loaded> loaded = new ConcurrentHashMap<>();

  /** While recorded work is done, the calls that led to it do nothing. */
  private final ThreadLocal<Boolean> muted = ThreadLocal.withInitial(() -> false);

  /** Whether what the calling thread asks for may be done beside the rest. */
  private final ThreadLocal<Boolean> isAside = ThreadLocal.withInitial(() -> false);

  Launcher(Device device) {
    this.device = device;
    this.arrays = new DeviceArrays(device);
    this.recordings = new Recordings(device);
  }

  Device device() {
    return device;
  }

  DeviceArrays arrays() {
    return arrays;
  }

  /**
   * A kernel on the device.
   *
   * @throws DeviceException where its blocks need more memory than every card has
   */
  Loaded load(Kernel kernel) {
    if (kernel.sharedBytes() > MOST_SHARED) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "a block of kernel %s needs %,d bytes of shared memory, and GPUs have %,d: set fewer latent dimensions (model.latent), or compute.device = cpu",
              kernel.name(),
              kernel.sharedBytes(),
              MOST_SHARED));
    }
    return atNeedWithRoom(() -> device.load(kernel));
  }

  Loaded load(Object name, Supplier<Kernel> build) {
    return load(name, "", build);
  }

  Loaded load(Object name, Object variant, Supplier<Kernel> build) {
    Name key = new Name(name, variant);
    Loaded known = loaded.get(key);
    if (known == null) {
      // Twice the same is the same. Inside of the map it would wait for what waits for the map.
      known = load(build.get());
      loaded.put(key, known);
    }
    return known;
  }

  void launch(Loaded kernel, Grid grid, Object... arguments) {
    if (!isMuted()) {
      device.launch(kernel, grid, arguments);
    }
  }

  /**
   * Records what the calling thread asks for.
   *
   * @param owner launches it: when that is gone, so is the record
   */
  Device.Recorded record(Object owner, Runnable work) {
    return atNeedWithRoom(() -> recordings.record(owner, work));
  }

  /** As others that take memory, but these wait for nobody unless there is none. */
  private <T> T atNeedWithRoom(Supplier<T> taking) {
    try {
      return taking.get();
    } catch (DeviceMemoryException e) {
      return arrays.withRoom(taking);
    }
  }

  /** Launches a kernel of a thread for each of so many places. */
  void places(Loaded kernel, int count, Object... arguments) {
    launch(kernel, Grid.of(count, Skeletons.PLACES), arguments);
  }

  boolean isMuted() {
    return muted.get();
  }

  void mute(boolean mute) {
    muted.set(mute);
  }

  /** Asks for work that may be done beside the rest. */
  void aside(Runnable work) {
    device.aside(
        () -> {
          isAside.set(true);
          try {
            work.run();
          } finally {
            isAside.set(false);
          }
        });
  }

  /** Memory of at least so many bytes for what a launch leaves to the next. */
  long scratch(long bytes) {
    boolean aside = isAside.get();
    return arrays.withRoom(() -> arrays.staging().scratch(bytes, aside));
  }

  static int count(INDArray array) {
    return Math.toIntExact(array.length());
  }

  static int size(INDArray array, int dimension) {
    return Math.toIntExact(array.size(dimension));
  }
}
