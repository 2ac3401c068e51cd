package org.sparkvae.device.cuda;

import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;

/** What the driver answers where it does not do what it is asked for, as exceptions. */
final class Refusal {
  private static final int OUT_OF_MEMORY = 2;

  private Refusal() {}

  /**
   * A refusal.
   *
   * @param result of the driver, not 0
   * @param what was asked for
   * @param text of the result
   */
  static DeviceException of(int result, String what, String text) {
    return result == OUT_OF_MEMORY
        ? new DeviceMemoryException(what + ": " + text)
        : new DeviceException(what + ": " + text);
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
