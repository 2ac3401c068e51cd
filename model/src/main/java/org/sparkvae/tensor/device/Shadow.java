package org.sparkvae.tensor.device;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.sparkvae.device.Device;

/** The copy of an array on the device, beside the one in host memory. */
abstract class Shadow {
  private final Device device;
  private final long address;
  private final long bytes;
  private boolean onHost = true;
  private boolean onDevice;

  /** With memory on the device, of which nothing is known. */
  Shadow(Device device, long bytes) {
    this.device = device;
    this.bytes = bytes;
    this.address = device.allocate(Math.max(1, bytes));
  }

  /** Sends the copy in host memory, whole. */
  abstract void send(long to);

  /** Overwrites the copy in host memory, whole. */
  abstract void receive(long from);

  Device device() {
    return device;
  }

  long address() {
    return address;
  }

  long bytes() {
    return bytes;
  }

  /** Whether the copy on the device is the newer one. */
  boolean isNewerOnDevice() {
    return onDevice && !onHost;
  }

  /** Before the device reads it, or writes a part of it. */
  void toDevice() {
    if (!onDevice) {
      send(address);
      onDevice = true;
    }
  }

  /** The device writes it. */
  void writtenOnDevice() {
    onDevice = true;
    onHost = false;
  }

  /** Before the host reads it, or writes a part of it. */
  void toHost() {
    if (!onHost) {
      receive(address);
      onHost = true;
    }
  }

  /** The copy in host memory was brought up to date. */
  void sameOnHost() {
    onHost = true;
  }

  /** The host has written it. */
  void writtenOnHost() {
    onHost = true;
    onDevice = false;
  }

  void free() {
    device.free(address);
  }

  /** Of memory outside of the heap, which its owner keeps. */
  static final class OfMemory extends Shadow {
    private final Reference<?> owner;
    private final ByteBuffer memory;

    /**
     * A shadow.
     *
     * @param owner keeps the memory from being freed, and must not be kept by this
     * @param memory of the array
     */
    OfMemory(Device device, Object owner, ByteBuffer memory) {
      super(device, memory.capacity());
      this.owner = new WeakReference<>(owner);
      this.memory = memory;
    }

    @Override
    void send(long to) {
      Object keeps = owner.get();
      device().copyIn(memory.duplicate(), to);
      Reference.reachabilityFence(keeps);
    }

    @Override
    void receive(long from) {
      Object keeps = owner.get();
      device().copyOut(from, memory.duplicate());
      device().finish();
      Reference.reachabilityFence(keeps);
    }
  }

  /** Of float64 values on the heap. */
  static final class OfRows extends Shadow {
    private final Reference<double[]> values;
    private final Supplier<Staging> staging;

    /** What the device holds; null where it may have changed. */
    private double[] sent;

    OfRows(Device device, double[] values, Supplier<Staging> staging) {
      super(device, (long) Double.BYTES * values.length);
      this.values = new WeakReference<>(values);
      this.staging = staging;
    }

    /** Most rows are the same in every step. */
    @Override
    void send(long to) {
      double[] now = values.get();
      if (Arrays.equals(now, sent)) {
        return;
      }
      ByteBuffer piece = staging.get().take((int) bytes());
      piece.asDoubleBuffer().put(now);
      device().copyIn(piece, to);
      sent = now.clone();
    }

    @Override
    void writtenOnDevice() {
      super.writtenOnDevice();
      sent = null;
    }

    @Override
    void receive(long from) {
      ByteBuffer piece = staging.get().take((int) bytes());
      device().copyOut(from, piece);
      device().finish();
      piece.asDoubleBuffer().get(values.get());
    }
  }

  /** Of bytes on the heap, which never change. */
  static final class OfBytes extends Shadow {
    private final Reference<byte[]> bytes;
    private final Supplier<Staging> staging;

    OfBytes(Device device, byte[] bytes, Supplier<Staging> staging) {
      super(device, bytes.length);
      this.bytes = new WeakReference<>(bytes);
      this.staging = staging;
    }

    @Override
    void send(long to) {
      ByteBuffer piece = staging.get().take((int) bytes());
      piece.duplicate().put(bytes.get());
      device().copyIn(piece, to);
    }

    @Override
    void receive(long from) {
      throw new UnsupportedOperationException("nothing writes what never changes");
    }
  }
}
