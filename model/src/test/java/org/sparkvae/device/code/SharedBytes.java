package org.sparkvae.device.code;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import org.sparkvae.device.DeviceException;

/** Memory that the threads of a simulated block share, which knows who touched it. */
final class SharedBytes {
  private static final int NOBODY = -1;
  private static final int MANY = -2;

  private final ByteBuffer bytes;
  private final BitSet written;
  private final int[] writer;
  private final int[] reader;

  SharedBytes(int length) {
    bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    written = new BitSet(length);
    writer = new int[length];
    reader = new int[length];
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /** Nobody has written anything before a block begins. */
  void begin() {
    written.clear();
    meet();
  }

  /** After a barrier nobody has touched anything. */
  void meet() {
    Arrays.fill(writer, NOBODY);
    Arrays.fill(reader, NOBODY);
  }

  int toRead(int at, int size, int thread) {
    check(at, size);
    if (!written.get(at)) {
      throw new DeviceException("shared memory that was never written is read at " + at);
    }
    if (writer[at] != NOBODY && writer[at] != thread) {
      throw new DeviceException("threads %d and %d race".formatted(writer[at], thread));
    }
    reader[at] = reader[at] == NOBODY || reader[at] == thread ? thread : MANY;
    return at;
  }

  int toWrite(int at, int size, int thread) {
    check(at, size);
    boolean raced =
        writer[at] != NOBODY && writer[at] != thread
            || reader[at] != NOBODY && reader[at] != thread;
    if (raced) {
      throw new DeviceException("thread %d races at %d".formatted(thread, at));
    }
    writer[at] = thread;
    written.set(at, at + size);
    return at;
  }

  private void check(int at, int size) {
    if (at < 0 || at + size > bytes.capacity() || at % size != 0) {
      throw new DeviceException("shared memory has no value at " + at);
    }
  }
}
