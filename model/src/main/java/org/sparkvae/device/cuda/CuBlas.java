package org.sparkvae.device.cuda;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Locale;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;

/**
 * Products by cuBLAS, of whatever version the machine has, on one stream.
 *
 * <p>Its workspace is of a fixed size and its own, so that the same product has the same bits at
 * every launch.
 */
final class CuBlas implements Products {
  private static final int ALLOCATION_FAILED = 3;
  private static final int WORKSPACE = 32 << 20;
  private static final int NOT_TRANSPOSED = 0;
  private static final int TRANSPOSED = 1;
  private static final int FLOAT_32 = 0;
  private static final int BFLOAT_16 = 14;
  private static final int BY_FLOAT_32 = 68;
  private static final int BY_TF_32 = 77;
  private static final int DEFAULT_ALGORITHM = -1;

  private final NativeLibrary library;
  private final Pointer handle;
  private final Device device;
  private final Function product;
  private final Precision precision;
  private final Memory one = new Memory(4);
  private final Memory scale = new Memory(4);
  private long workspace;

  private CuBlas(
      NativeLibrary library, Function product, Pointer handle, Device device, Precision precision) {
    this.library = library;
    this.handle = handle;
    this.device = device;
    this.product = product;
    this.precision = precision;
    one.setFloat(0, 1);
  }

  /**
   * A library on a stream of the calling thread.
   *
   * @throws DeviceException where it does not go with the card or the driver
   * @throws UnsatisfiedLinkError where it is too old
   */
  static CuBlas open(NativeLibrary library, Device device, Pointer stream, Precision precision) {
    Function product = library.getFunction("cublasGemmEx");
    PointerByReference created = new PointerByReference();
    call(library, "cublasCreate_v2", created);
    CuBlas opened = new CuBlas(library, product, created.getValue(), device, precision);
    try {
      opened.start(stream);
    } catch (DeviceException | UnsatisfiedLinkError e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void start(Pointer stream) {
    workspace = device.allocate(WORKSPACE);
    call(library, "cublasSetStream_v2", handle, stream);
    call(library, "cublasSetWorkspace_v2", handle, new Pointer(workspace), (long) WORKSPACE);
  }

  /** Gives up what it takes; nothing may follow. */
  void close() {
    call(library, "cublasDestroy_v2", handle);
    if (workspace != 0) {
      device.free(workspace);
    }
  }

  private static void call(NativeLibrary library, String name, Object... arguments) {
    int result = library.getFunction(name).invokeInt(arguments);
    check(result, name);
  }

  private static void check(int result, String name) {
    if (result == ALLOCATION_FAILED) {
      throw new DeviceMemoryException(name + " finds no memory");
    }
    if (result != 0) {
      throw new DeviceException(name + ": status " + result + " of cuBLAS");
    }
  }

  @Override
  public Precision precision() {
    return precision;
  }

  /** By columns, as cuBLAS has it: the transposed product of the transposed matrices. */
  @Override
  public void multiply(
      int m,
      int n,
      int k,
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      float beta,
      long c) {
    scale.setFloat(0, beta);
    int factors = precision == Precision.BF16 ? BFLOAT_16 : FLOAT_32;
    int result =
        product.invokeInt(
            new Object[] {
              handle,
              transposeB ? TRANSPOSED : NOT_TRANSPOSED,
              transposeA ? TRANSPOSED : NOT_TRANSPOSED,
              n,
              m,
              k,
              one,
              new Pointer(b),
              factors,
              transposeB ? k : n,
              new Pointer(a),
              factors,
              transposeA ? m : k,
              scale,
              new Pointer(c),
              FLOAT_32,
              n,
              precision == Precision.TF32 ? BY_TF_32 : BY_FLOAT_32,
              DEFAULT_ALGORITHM
            });
    check(result, "cublasGemmEx");
  }

  @Override
  public String describe() {
    IntByReference version = new IntByReference();
    call(library, "cublasGetVersion_v2", handle, version);
    int number = version.getValue();
    return String.format(Locale.ROOT, "cuBLAS %d.%d", number / 10_000, number / 100 % 100)
        + switch (precision) {
          case FLOAT32 -> "";
          case TF32 -> " (tf32)";
          case BF16 -> " (bf16)";
        };
  }
}
