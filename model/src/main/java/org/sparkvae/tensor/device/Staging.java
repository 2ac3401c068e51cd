package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkvae.device.Device;

/**
 * Memory of the host that a thread's copies to and from a device go through. A piece of it is in
 * use until the thread's work is finished, which is waited for where the end is reached.
 */
final class Staging {
  private static final int LEAST = 8 << 20;

  private final Device device;
  private ByteBuffer memory;
  private int used;
  private long address;
  private long delivered;

  Staging(Device device) {
    this.device = device;
  }

  /**
   * Sends a piece to memory of the device that stays as it is until the next is sent; its address.
   */
  long deliver(ByteBuffer piece) {
    if (piece.capacity() > delivered) {
      if (delivered > 0) {
        device.finish();
        device.free(address);
      }
      delivered = 2L * piece.capacity();
      address = device.allocate(delivered);
    }
    device.copyIn(piece, address);
    return address;
  }

  /** A piece of so many bytes. */
  ByteBuffer take(int bytes) {
    if (memory == null || bytes > memory.capacity()) {
      memory = device.allocateHost(Math.max(LEAST, Math.multiplyExact(2, bytes)));
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
