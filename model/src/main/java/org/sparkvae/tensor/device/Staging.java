package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkvae.device.Device;

/**
 * Memory of the host that a thread's copies to and from a device go through, and that its kernels
 * read. A piece of it is in use until the thread's work is finished, which is waited for where the
 * end is reached.
 */
final class Staging {
  private static final int LEAST = 8 << 20;

  private final Device device;
  private ByteBuffer memory;
  private int used;
  private final long[] scratch = new long[2];

  Staging(Device device) {
    this.device = device;
  }

  /**
   * Memory of the device for what a launch leaves to the next, {@link ProductKernel#MOST_BYTES}.
   *
   * @param aside whether for work aside, which may be done at the same time
   */
  long scratch(boolean aside) {
    int which = aside ? 1 : 0;
    if (scratch[which] == 0) {
      scratch[which] = device.allocate(ProductKernel.MOST_BYTES);
    }
    return scratch[which];
  }

  /** A piece of so many bytes. */
  ByteBuffer take(int bytes) {
    if (memory == null || bytes > memory.capacity()) {
      memory = device.allocateHost(Math.max(LEAST, bytes));
      used = 0;
    } else if (used + bytes > memory.capacity()) {
      device.finish();
      used = 0;
    }
    ByteBuffer piece = memory.slice(used, bytes).order(ByteOrder.nativeOrder());
    used += (bytes + 15) / 16 * 16;
    return piece;
  }
}
