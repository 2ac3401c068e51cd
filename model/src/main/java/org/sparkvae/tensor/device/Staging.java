package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.sparkvae.device.Device;
import org.sparkvae.tensor.device.kernel.ProductKernel;

/**
 * Memory of the host that a thread's copies to and from a device go through, and that its kernels
 * read. A piece of it is in use until the thread's work is finished, which is waited for where the
 * end is reached.
 */
final class Staging {
  private static final int LEAST = 8 << 20;

  /** No launch is told by so much. */
  private static final int LARGE = 32 << 20;

  /** How many pieces there is room for, unless they are that large. */
  private static final int PIECES = 4;

  private final Device device;
  private ByteBuffer memory;
  private int used;
  private final long[] scratch = new long[2];
  private final long[] ofScratch = new long[2];
  private final List<Receipt> receipts = new ArrayList<>();

  Staging(Device device) {
    this.device = device;
  }

  /**
   * Memory of the device for what a launch leaves to the next. Where more is asked for than before,
   * it is new, and the former stays with the work that was recorded on it.
   *
   * @param bytes at least so many
   * @param aside whether for work aside, which may be done at the same time
   */
  long scratch(long bytes, boolean aside) {
    int which = aside ? 1 : 0;
    if (ofScratch[which] < bytes) {
      // A power of two: all that ever were are less than twice the last.
      long taken = Long.highestOneBit(Math.max(bytes, ProductKernel.MOST_BYTES) - 1) << 1;
      scratch[which] = device.allocate(taken);
      ofScratch[which] = taken;
    }
    return scratch[which];
  }

  /** A piece of so many bytes. */
  ByteBuffer take(int bytes) {
    // A launch is told by several pieces: none of them is the memory of another.
    int needed = bytes > LARGE ? bytes : Math.max(LEAST, PIECES * bytes);
    if (memory == null || needed > memory.capacity()) {
      memory = device.allocateHost(needed);
      used = 0;
    } else if ((long) used + bytes > memory.capacity()) {
      // Copies to the host are no part of the thread's work, and what they bring is still there.
      receipts.forEach(Receipt::run);
      receipts.clear();
      device.finish();
      used = 0;
    }
    ByteBuffer piece = memory.slice(used, bytes).order(ByteOrder.nativeOrder());
    used = (int) Math.min(memory.capacity(), ((long) used + bytes + 15) / 16 * 16);
    return piece;
  }

  /** What a piece is for is brought to where it goes before the piece is given again. */
  void hold(Receipt receipt) {
    receipts.removeIf(Receipt::isDone);
    receipts.add(receipt);
  }

  /** Values that are on their way from a device to the heap. Not thread-safe. */
  static final class Receipt implements Runnable {
    private final Device.Mark fetched;
    private final List<Runnable> taken;
    private boolean isDone;

    /**
     * Values that were fetched.
     *
     * @param fetched their arrival
     * @param taken brings them to where they go
     */
    Receipt(Device.Mark fetched, List<Runnable> taken) {
      this.fetched = fetched;
      this.taken = List.copyOf(taken);
    }

    boolean isDone() {
      return isDone;
    }

    /** Waits for them and brings them there, once. */
    @Override
    public void run() {
      if (!isDone) {
        isDone = true;
        fetched.await();
        taken.forEach(Runnable::run);
      }
    }
  }
}
