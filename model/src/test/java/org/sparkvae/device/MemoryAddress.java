package org.sparkvae.device;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Where direct buffers lie. */
final class MemoryAddress {
  private MemoryAddress() {}

  /** Of the byte at a buffer's position. */
  static long of(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
  }
}
