package org.sparkvae.device.cuda;

import java.util.Set;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;

/** What the driver answers where it does not do what it is asked for, as exceptions. */
final class Refusal {
  private static final int OUT_OF_MEMORY = 2;

  /**
   * After which all of a process is refused: memory or a link of the card failed, a kernel failed,
   * or what went wrong is unknown.
   */
  private static final Set<Integer> LASTING =
      Set.of(4, 214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

  private Refusal() {}

  /**
   * A refusal.
   *
   * @param result of the driver, not 0
   * @param what was asked for
   * @param text of the result
   */
  static DeviceException of(int result, String what, String text) {
    String line = what + ": " + text;
    if (result == OUT_OF_MEMORY) {
      return new DeviceMemoryException(line);
    }
    return new DeviceException(
        LASTING.contains(result)
            ? line
                + ": its process can use no GPU any more: restart the job (its executor, where there are several), and where that does not help, see what nvidia-smi and dmesg say of the card"
            : line);
  }

  /** One of memory of the host, of which the GPU's may be free. */
  static DeviceException ofHost(int result, String what, String text) {
    String advice =
        result == OUT_OF_MEMORY
            ? ": the host has not so much memory that a GPU reaches: give the machine or the container more (spark.executor.memoryOverhead), or set a smaller training.batch or evaluation.block"
            : "";
    return new DeviceException(what + ": " + text + advice);
  }
}
