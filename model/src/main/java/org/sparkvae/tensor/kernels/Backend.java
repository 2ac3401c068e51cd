package org.sparkvae.tensor.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What computes in this JVM. */
public final class Backend {
  private static List<Gpu> gpus;

  private Backend() {}

  /**
   * The GPUs that ND4J computes on in this JVM; none where it computes on the CPU.
   *
   * <p>Asks before ND4J starts, which a GPU without kernels may end.
   *
   * @throws IllegalStateException where ND4J finds nothing at all to compute on, or its native
   *     library does not load
   */
  public static synchronized List<Gpu> gpus() {
    if (gpus == null) {
      gpus = find();
    }
    return gpus;
  }

  private static List<Gpu> find() {
    NativeOps ops;
    try {
      if (KernelChoice.isCpu(Nd4jBackend.load())) {
        return List.of();
      }
      ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
    } catch (Nd4jBackend.NoAvailableBackendException | RuntimeException | LinkageError e) {
      throw new IllegalStateException("ND4J does not start: " + e, e);
    }
    List<Gpu> gpus = new ArrayList<>();
    for (int i = 0; i < ops.getAvailableDevices(); i++) {
      gpus.add(
          new Gpu(
              i,
              ops.getDeviceName(i),
              ops.getDeviceMajor(i),
              ops.getDeviceMinor(i),
              ops.getDeviceTotalMemory(i)));
    }
    return List.copyOf(gpus);
  }

  /** Whether the class path holds a backend for GPUs, found or not. */
  public static boolean isBuiltForGpus() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .anyMatch(provider -> !KernelChoice.CPU_BACKEND.equals(provider.type().getName()));
  }

  /**
   * Binds the calling thread to a GPU: its arrays lie there from now on, its operations run there.
   */
  public static void use(int gpu) {
    Nd4j.getAffinityManager().unsafeSetDevice(gpu);
  }

  /**
   * Binds the calling thread to kernels: its float32 arrays are computed with by these from now on.
   *
   * @param kernels null for those that fit where ND4J puts arrays
   */
  public static void use(Kernels kernels) {
    KernelChoice.bind(kernels);
  }

  /** How many bytes the arrays of this JVM may take outside its heap; 0 for any number. */
  public static long mostBytes() {
    return Pointer.maxBytes();
  }

  /**
   * What computes with arrays that lie where ND4J puts them, in a line of short parts with "; "
   * between: the ND4J backend, its BLAS, the kernels of float32 arrays and threads; each GPU of
   * ND4J's; how much memory arrays may take outside the Java heap.
   */
  public static String describe() {
    INDArray example = Nd4j.create(DataType.FLOAT, 1);
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    String gpus = gpus().stream().map(gpu -> "; " + gpu).collect(Collectors.joining());
    NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
    return String.format(
        Locale.ROOT,
        "ND4J %s, %s, %s, threads: %d%s; outside the heap: %s",
        environment.getProperty("backend"),
        environment.getProperty("blas.vendor"),
        Kernels.onHost(example),
        ops.ompGetMaxThreads(),
        gpus,
        limits(Pointer.maxBytes(), Pointer.maxPhysicalBytes()));
  }

  /** JavaCPP's limits in words; 0 is none. */
  static String limits(long arrays, long process) {
    return "arrays "
        + (arrays > 0 ? "up to " + gibibytes(arrays) : "without limit")
        + (process > 0 ? ", the process up to " + gibibytes(process) : "");
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
  }
}
