package org.sparkvae.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.Ptx;

/** Has the driver compile kernels for its card. */
final class Modules {
  private static final int ERROR_LOG = 5;
  private static final int ERROR_LOG_BYTES = 6;
  private static final int LOG_BYTES = 4096;

  private Modules() {}

  /**
   * The entry of a kernel's module.
   *
   * @throws org.sparkvae.device.DeviceException with the compiler's first line where it does not
   *     take the kernel
   */
  static Pointer load(Kernel kernel) {
    String text = Ptx.of(kernel) + "\0";
    Memory log = new Memory(LOG_BYTES);
    log.clear();
    // Option values are machine words, numbers among them.
    Memory values = new Memory(16);
    values.setPointer(0, log);
    values.setLong(8, LOG_BYTES);
    PointerByReference module = new PointerByReference();
    int result =
        LibCuda.cuModuleLoadDataEx(
            module,
            text.getBytes(StandardCharsets.US_ASCII),
            2,
            new int[] {ERROR_LOG, ERROR_LOG_BYTES},
            values);
    if (result != 0) {
      throw Refusal.of(
          result,
          "the driver does not compile " + kernel.name(),
          (Driver.text(result) + " " + log.getString(0)).strip());
    }
    PointerByReference function = new PointerByReference();
    Driver.check(
        LibCuda.cuModuleGetFunction(function, module.getValue(), kernel.name()),
        "cuModuleGetFunction of " + kernel.name());
    return function.getValue();
  }
}
