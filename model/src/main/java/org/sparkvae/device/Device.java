package org.sparkvae.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.sparkvae.device.code.Kernel;

/**
 * A GPU. What a thread asks of it is done in order; threads do not wait for one another.
 *
 * <p>Memory is named by addresses. Buffers of the host are direct, and what is copied to or from
 * them is their content from position to limit; they must stay as they are until the thread's work
 * is finished.
 */
public interface Device {
  /** A kernel that the device can run. */
  interface Loaded {}

  /** Work that was recorded, to be done again and again. */
  interface Recorded {
    /** Does it, in the order of the calling thread. */
    void launch();

    /** Gives up what it takes, once all launches of it are done. None may follow. */
    void free();
  }

  /** A moment in the work of a thread. */
  interface Mark {
    /** Waits until all that the thread had asked for before it is done. */
    void await();
  }

  /** How many blocks a launch has along each axis. */
  record Grid(int x, int y, int z) {
    /** Most blocks along each axis but the first. */
    public static final int MOST_ACROSS = 65_535;

    /** Blocks along one axis. */
    public static Grid of(int blocks) {
      return new Grid(blocks, 1, 1);
    }

    /** As many blocks along one axis as so many threads need. */
    public static Grid of(long threads, int ofBlock) {
      return of(Math.toIntExact(Math.max(1, (threads + ofBlock - 1) / ofBlock)));
    }
  }

  /**
   * What orders the calling thread's work. A thread that ends leaves it to a later one, with what
   * was recorded and is kept for it.
   */
  Object lane();

  /**
   * Memory, of which nothing is known.
   *
   * @throws DeviceMemoryException where there is not enough
   */
  long allocate(long bytes);

  /** Bytes of its memory that are free, for all who share it. */
  long available();

  /** Gives memory back, once all work on it is done. */
  void free(long address);

  /**
   * Memory of the host that copies reach without a detour, and kernels as well; it is never given
   * back.
   */
  ByteBuffer allocateHost(int bytes);

  /** The address by which kernels reach a part of memory from {@link #allocateHost}. */
  long address(ByteBuffer host);

  /** Copies from the host. */
  void copyIn(ByteBuffer from, long to);

  /** Copies to the host. */
  void copyOut(long from, ByteBuffer to);

  /** Copies within the device. */
  void copy(long from, long to, long bytes);

  /**
   * Copies from another device of the same kind, where nothing that was asked for changes what is
   * copied; not while work is recorded.
   */
  void copyFrom(Device other, long from, long to, long bytes);

  /** Sets bytes to 0. */
  void clear(long from, long bytes);

  /** Compiles a kernel; the same one again is the same. */
  Loaded load(Kernel kernel);

  /**
   * Runs a kernel.
   *
   * @param arguments in the order of its parameters: Long, Integer, Float or Double
   */
  void launch(Loaded kernel, Grid grid, Object... arguments);

  /**
   * The device's own library of matrix products, if it has one, with so precise factors; with more
   * precise ones where the device has no others.
   */
  Optional<Products> products(Precision precision);

  /** A part of the device's memory and a buffer of the host of its size. */
  record Transfer(long from, ByteBuffer to) {}

  /**
   * Begins to copy what the calling thread has asked for so far to the host, beside what it asks
   * for next.
   *
   * @return waits until all copies are made
   */
  Mark fetch(List<Transfer> transfers);

  /**
   * Asks for work that nothing depends on until what is being recorded ends, so that it may be done
   * beside what follows; where nothing is recorded, in order.
   */
  void aside(Runnable work);

  /** Waits until all that the calling thread has asked for is done. */
  void finish();

  /** Records what the calling thread asks for, without doing it: launches, products and copies. */
  Recorded record(Runnable work);

  /** In a few words: its name, compute capability and memory. */
  String describe();
}
