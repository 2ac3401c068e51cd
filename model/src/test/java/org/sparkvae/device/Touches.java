package org.sparkvae.device;

import java.util.Arrays;

/**
 * Who touched memory of a simulated device. In a launch nobody may read what another block writes,
 * or what another thread of the block writes before the next barrier.
 */
final class Touches {
  /** Bytes of the smallest values that kernels write. */
  private static final int CELL = Short.BYTES;

  private static final int NEVER = -1;
  private static final int MANY = -2;

  private final int[] written;
  private final int[] writer;
  private final int[] read;
  private final int[] reader;

  /** The last launch in which a block read before the block that read last. */
  private final int[] readBefore;

  Touches(int bytes) {
    int cells = (bytes + CELL - 1) / CELL;
    written = new int[cells];
    writer = new int[cells];
    read = new int[cells];
    reader = new int[cells];
    readBefore = new int[cells];
    Arrays.fill(written, NEVER);
    Arrays.fill(read, NEVER);
    Arrays.fill(readBefore, NEVER);
  }

  void read(int at, int size, Moment now, int thread) {
    for (int cell = at / CELL; cell * CELL < at + size; cell++) {
      requireNotWritten(cell, now, thread);
      if (now.isOfOtherBlock(read[cell])) {
        readBefore[cell] = now.launch();
      }
      boolean others = read[cell] == now.barrier() && reader[cell] != thread;
      read[cell] = now.barrier();
      reader[cell] = others ? MANY : thread;
    }
  }

  void write(int at, int size, Moment now, int thread) {
    for (int cell = at / CELL; cell * CELL < at + size; cell++) {
      requireNotWritten(cell, now, thread);
      if (readBefore[cell] == now.launch() || now.isOfOtherBlock(read[cell])) {
        throw new DeviceException("a block writes what another reads");
      }
      if (read[cell] == now.barrier() && reader[cell] != thread) {
        throw new DeviceException("thread %d writes what another reads".formatted(thread));
      }
      written[cell] = now.barrier();
      writer[cell] = thread;
    }
  }

  private void requireNotWritten(int cell, Moment now, int thread) {
    if (now.isOfOtherBlock(written[cell])) {
      throw new DeviceException("blocks race");
    }
    if (written[cell] == now.barrier() && writer[cell] != thread) {
      throw new DeviceException("threads %d and %d race".formatted(writer[cell], thread));
    }
  }
}
