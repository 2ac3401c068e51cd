package org.sparkvae.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/** Memory of a simulated device, which knows what of it was written, and who touched it. */
public final class Allocation {
  private final long address;
  private final ByteBuffer bytes;
  private final BitSet written;
  private Touches touches;

  Allocation(long address, int length) {
    this.address = address;
    byte[] garbage = new byte[length];
    // NaN in both floating-point types.
    Arrays.fill(garbage, (byte) 0xFF);
    this.bytes = ByteBuffer.wrap(garbage).order(ByteOrder.nativeOrder());
    this.written = new BitSet(length);
  }

  /** Memory of the host, all of which counts as written. */
  Allocation(long address, ByteBuffer memory) {
    this.address = address;
    this.bytes = memory.duplicate().order(ByteOrder.nativeOrder());
    this.written = new BitSet(memory.capacity());
    written.set(0, memory.capacity());
  }

  /** Whether it holds so many bytes from an address on. */
  public boolean holds(long from, long count) {
    return from >= address && from + count <= address + bytes.capacity();
  }

  /** Its content, from the first byte. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Where an address is in the content, of a value of so many bytes that a thread reads. */
  public int toRead(long from, int size, Moment now, int thread) {
    int at = place(from, size);
    touches().read(at, size, now, thread);
    if (!written.get(at)) {
      throw new DeviceException("what was never written is read at " + from);
    }
    return at;
  }

  /** Where an address is in the content, of a value of so many bytes that a thread writes. */
  public int toWrite(long from, int size, Moment now, int thread) {
    int at = place(from, size);
    touches().write(at, size, now, thread);
    written.set(at, at + size);
    return at;
  }

  private Touches touches() {
    if (touches == null) {
      touches = new Touches(bytes.capacity());
    }
    return touches;
  }

  private int place(long from, int size) {
    if (from % size != 0) {
      throw new DeviceException("address %d is no multiple of %d".formatted(from, size));
    }
    return (int) (from - address);
  }

  void write(long to, ByteBuffer from) {
    int at = (int) (to - address);
    written.set(at, at + from.remaining());
    bytes.duplicate().position(at).put(from);
  }

  void read(long from, ByteBuffer to) {
    int at = (int) (from - address);
    if (written.nextClearBit(at) < at + to.remaining()) {
      throw new DeviceException("what was never written is copied from " + from);
    }
    to.put(bytes.duplicate().position(at).limit(at + to.remaining()));
  }
}
