package org.sparkvae.tensor.kernels;

import java.util.Locale;

/**
 * A GPU of this machine.
 *
 * @param index by which ND4J and the driver know it, from 0; where CUDA_VISIBLE_DEVICES is set, a
 *     place in that list
 * @param name such as Tesla T4
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param bytes of memory
 */
public record Gpu(int index, String name, int major, int minor, long bytes) {
  /** The compute capabilities that ND4J has kernels for, in words. */
  public static final String KERNELS = "3.7 and 5.0 to 8.9";

  /**
   * Whether ND4J has kernels for it: its library holds machine code for 3.7, 5.0, 5.2, 6.0, 6.1,
   * 7.0, 7.5, 8.0 and 8.6, each of which runs on later minor versions of the same major one, and
   * none to compile on the spot.
   */
  public boolean hasKernels() {
    return major == 3 ? minor >= 7 : major >= 5 && major <= 8;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "GPU %d (%s, compute capability %d.%d, %.1f GiB)",
        index,
        name,
        major,
        minor,
        bytes / 0x1p30);
  }
}
