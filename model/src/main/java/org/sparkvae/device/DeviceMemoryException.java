package org.sparkvae.device;

import java.util.Locale;

/** A GPU has not enough memory. */
public final class DeviceMemoryException extends DeviceException {
  private static final long serialVersionUID = 1;

  /**
   * An exception.
   *
   * @param asked bytes that were asked for
   * @param free bytes that are free
   * @param device in a few words
   */
  public DeviceMemoryException(long asked, long free, String device) {
    super(
        String.format(
            Locale.ROOT,
            "%s has %,d bytes free, and an array needs %,d: set a smaller training.batch or evaluation.block, or have fewer tasks share it (spark.executor.cores, or the master local[N])",
            device,
            free,
            asked));
  }

  /**
   * One of memory that the driver takes beside arrays.
   *
   * @param what was asked for, and what the driver says
   */
  public DeviceMemoryException(String what) {
    super(
        what
            + ": other processes may have taken the GPU's memory (nvidia-smi tells): name others in compute.gpus, have fewer tasks share it (spark.executor.cores, or the master local[N]), or set compute.device = cpu");
  }
}
