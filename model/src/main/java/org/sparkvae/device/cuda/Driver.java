package org.sparkvae.device.cuda;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkvae.device.DeviceException;

/** The driver of this machine. */
public final class Driver {
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int NO_DEVICE = 100;

  // How JNA begins what it says where there is no library, or it lacks a function.
  private static final String NO_LIBRARY = "Unable to load library";
  private static final String NO_FUNCTION = "Error looking up function";

  private static List<CudaDevice> devices;
  private static String missing;

  private Driver() {}

  /**
   * The cards, by the driver's own numbers; none where there is no driver or no card.
   *
   * @throws DeviceException where there is a driver that does not work
   */
  public static synchronized List<CudaDevice> devices() {
    if (devices == null) {
      devices = find();
    }
    return devices;
  }

  /** Why there are no cards, where there are none. */
  public static Optional<String> missing() {
    return devices().isEmpty() ? Optional.of(missing) : Optional.empty();
  }

  private static List<CudaDevice> find() {
    IntByReference count = new IntByReference();
    try {
      int started = LibCuda.cuInit(0);
      if (started == NO_DEVICE) {
        missing = "the driver finds no GPU";
        return List.of();
      }
      check(started, "cuInit");
      check(LibCuda.cuDeviceGetCount(count), "cuDeviceGetCount");
    } catch (LinkageError e) {
      missing = reason(e.getMessage());
      return List.of();
    }
    missing = "the driver finds no GPU";
    List<CudaDevice> found = new ArrayList<>();
    for (int i = 0; i < count.getValue(); i++) {
      found.add(device(i));
    }
    return List.copyOf(found);
  }

  /**
   * Why the library cannot be used.
   *
   * @param message what is wrong, as JNA says it, before places where it looked
   */
  static String reason(String message) {
    String clause = message.lines().findFirst().orElse("").split(": ")[0];
    String what =
        clause.startsWith(NO_LIBRARY)
            ? "there is no NVIDIA driver"
            : clause.startsWith(NO_FUNCTION)
                ? "the NVIDIA driver is older than CUDA 11.4"
                : "the NVIDIA driver cannot be called";
    return what + " (" + clause + ")";
  }

  private static CudaDevice device(int ordinal) {
    IntByReference device = new IntByReference();
    check(LibCuda.cuDeviceGet(device, ordinal), "cuDeviceGet");
    byte[] name = new byte[256];
    check(LibCuda.cuDeviceGetName(name, name.length, device.getValue()), "cuDeviceGetName");
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    LongByReference bytes = new LongByReference();
    check(LibCuda.cuDeviceTotalMem_v2(bytes, device.getValue()), "cuDeviceTotalMem");
    return new CudaDevice(
        ordinal,
        device.getValue(),
        new String(name, 0, length, StandardCharsets.UTF_8),
        attribute(MAJOR, device.getValue()),
        attribute(MINOR, device.getValue()),
        bytes.getValue());
  }

  private static int attribute(int attribute, int device) {
    IntByReference value = new IntByReference();
    check(LibCuda.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute");
    return value.getValue();
  }

  /** Refuses an error of the driver. */
  static void check(int result, String what) {
    if (result != 0) {
      throw Refusal.of(result, what + CudaDevice.ofThread(), text(result));
    }
  }

  static String text(int result) {
    PointerByReference name = new PointerByReference();
    PointerByReference text = new PointerByReference();
    return LibCuda.cuGetErrorName(result, name) == 0 && LibCuda.cuGetErrorString(result, text) == 0
        ? name.getValue().getString(0) + ", " + text.getValue().getString(0)
        : "error " + result;
  }
}
