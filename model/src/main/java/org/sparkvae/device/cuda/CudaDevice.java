package org.sparkvae.device.cuda;

import static org.sparkvae.device.cuda.Driver.check;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceMemoryException;
import org.sparkvae.device.Inherited;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;
import org.sparkvae.device.code.Kernel;

/** A card of this machine. Its context is the primary one, which libraries share. */
public final class CudaDevice implements Device {
  private static final int OUT_OF_MEMORY = 2;

  /** The first compute capability that has TF32 and bfloat16. */
  private static final int AMPERE = 8;

  /** The card that the driver takes a thread's calls to be about. */
  private static final ThreadLocal<CudaDevice> CURRENT = new ThreadLocal<>();

  private record Function(Pointer handle, Kernel kernel) implements Loaded {}

  private final int ordinal;
  private final int device;
  private final String name;
  private final int major;
  private final int minor;
  private final long bytes;
  private final Map<Kernel, Function> functions = new ConcurrentHashMap<>();
  private final CuBlasSearch libraries = new CuBlasSearch();
  private final Inherited<Lane> lanes = new Inherited<>(() -> new Lane(this, libraries));
  private Pointer context;

  CudaDevice(int ordinal, int device, String name, int major, int minor, long bytes) {
    this.ordinal = ordinal;
    this.device = device;
    this.name = name;
    this.major = major;
    this.minor = minor;
    this.bytes = bytes;
  }

  /** The driver's own number, from 0; where CUDA_VISIBLE_DEVICES is set, a place in that list. */
  public int ordinal() {
    return ordinal;
  }

  /** Such as Tesla T4. */
  public String name() {
    return name;
  }

  /** First number of the compute capability. */
  public int major() {
    return major;
  }

  /** Second number of the compute capability. */
  public int minor() {
    return minor;
  }

  /** Bytes of memory. */
  public long bytes() {
    return bytes;
  }

  /** That of the calling thread, for which this becomes the current card. */
  @Override
  public Lane lane() {
    if (CURRENT.get() != this) {
      CURRENT.remove();
      check(LibCuda.cuCtxSetCurrent(context()), "cuCtxSetCurrent of " + this);
      CURRENT.set(this);
    }
    return lanes.get();
  }

  /** Where what a thread asks for is refused, as the end of a message. */
  static String ofThread() {
    CudaDevice current = CURRENT.get();
    return current == null ? "" : " on " + current;
  }

  private synchronized Pointer context() {
    if (context == null) {
      PointerByReference retained = new PointerByReference();
      check(
          LibCuda.cuDevicePrimaryCtxRetain(retained, device),
          "cuDevicePrimaryCtxRetain of " + this);
      context = retained.getValue();
    }
    return context;
  }

  private Pointer stream() {
    return lane().stream();
  }

  @Override
  public long allocate(long bytes) {
    stream();
    LongByReference address = new LongByReference();
    int result = LibCuda.cuMemAlloc_v2(address, bytes);
    if (result == OUT_OF_MEMORY) {
      throw new DeviceMemoryException(bytes, available(), describe());
    }
    check(result, "cuMemAlloc of " + bytes + " bytes");
    return address.getValue();
  }

  @Override
  public long available() {
    stream();
    LongByReference free = new LongByReference();
    LongByReference total = new LongByReference();
    check(LibCuda.cuMemGetInfo_v2(free, total), "cuMemGetInfo");
    return free.getValue();
  }

  @Override
  public void free(long address) {
    stream();
    check(LibCuda.cuMemFree_v2(address), "cuMemFree");
  }

  @Override
  public ByteBuffer allocateHost(int bytes) {
    stream();
    PointerByReference memory = new PointerByReference();
    int result = LibCuda.cuMemHostAlloc(memory, bytes, 0);
    if (result != 0) {
      throw Refusal.ofHost(result, "cuMemHostAlloc of " + bytes + " bytes", Driver.text(result));
    }
    return memory.getValue().getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
  }

  static Pointer pointer(ByteBuffer buffer) {
    return Native.getDirectBufferPointer(buffer).share(buffer.position());
  }

  @Override
  public void copyIn(ByteBuffer from, long to) {
    check(
        LibCuda.cuMemcpyHtoDAsync_v2(to, pointer(from), from.remaining(), stream()),
        "cuMemcpyHtoD of " + from.remaining() + " bytes");
  }

  @Override
  public void copyOut(long from, ByteBuffer to) {
    check(
        LibCuda.cuMemcpyDtoHAsync_v2(pointer(to), from, to.remaining(), stream()),
        "cuMemcpyDtoH of " + to.remaining() + " bytes");
  }

  @Override
  public void copy(long from, long to, long bytes) {
    check(LibCuda.cuMemcpyDtoDAsync_v2(to, from, bytes, stream()), "cuMemcpyDtoD");
  }

  /**
   * Through memory of the host, which the driver takes: on some machines cards that are given
   * access to one another, though the driver offers it, do not bring what was written.
   */
  @Override
  public void copyFrom(Device other, long from, long to, long bytes) {
    Pointer source = ((CudaDevice) other).context();
    check(
        LibCuda.cuMemcpyPeerAsync(to, context(), from, source, bytes, stream()),
        "cuMemcpyPeer of " + bytes + " bytes");
  }

  @Override
  public void clear(long from, long bytes) {
    check(LibCuda.cuMemsetD8Async(from, (byte) 0, bytes, stream()), "cuMemset");
  }

  @Override
  public Loaded load(Kernel kernel) {
    stream();
    return functions.computeIfAbsent(kernel, this::compile);
  }

  private Function compile(Kernel kernel) {
    return new Function(Modules.load(kernel), kernel);
  }

  @Override
  public void launch(Loaded loaded, Grid grid, Object... arguments) {
    Function function = (Function) loaded;
    Lane lane = lane();
    int result =
        LibCuda.cuLaunchKernel(
            function.handle(),
            grid.x(),
            grid.y(),
            grid.z(),
            function.kernel().threads(),
            1,
            1,
            0,
            lane.stream(),
            lane.arguments().of(arguments),
            null);
    check(result, "launch of " + function.kernel().name());
  }

  @Override
  public Optional<Products> products(Precision precision) {
    Precision possible = major < AMPERE ? Precision.FLOAT32 : precision;
    return lane().products(possible).map(Products.class::cast);
  }

  @Override
  public Mark fetch(List<Transfer> transfers) {
    return lane().fetch(transfers);
  }

  /** Host and device share one space of addresses. */
  @Override
  public long address(ByteBuffer host) {
    return Pointer.nativeValue(pointer(host));
  }

  @Override
  public void aside(Runnable work) {
    lane().aside(work);
  }

  @Override
  public void finish() {
    check(LibCuda.cuStreamSynchronize(stream()), "the work");
  }

  @Override
  public Recorded record(Runnable work) {
    return new Graph(lane().record(work));
  }

  /** Work as the driver keeps it. */
  private final class Graph implements Recorded {
    private final Pointer handle;

    Graph(Pointer handle) {
      this.handle = handle;
    }

    @Override
    public void launch() {
      check(LibCuda.cuGraphLaunch(handle, stream()), "cuGraphLaunch");
    }

    /** The driver waits for launches that are not done. */
    @Override
    public void free() {
      lane();
      check(LibCuda.cuGraphExecDestroy(handle), "cuGraphExecDestroy");
    }
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "GPU %d (%s, compute capability %d.%d, %.1f GiB)",
        ordinal,
        name,
        major,
        minor,
        bytes / 0x1p30);
  }

  @Override
  public String toString() {
    return describe();
  }
}
