package org.sparkvae.job.track.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of Protocol Buffers that is being written: a field is a key, its number times eight
 * plus the form of its value, and the value.
 */
final class Message {
  private static final int VARIABLE = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int COUNTED_BYTES = 2;
  private static final int FOUR_BYTES = 5;

  /** Bits of a number that a byte holds, beside the one that says whether more follow. */
  private static final int BITS = 7;

  private static final int MORE = 1 << BITS;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message whole(int field, long value) {
    key(field, VARIABLE);
    variable(value);
    return this;
  }

  Message number(int field, double value) {
    key(field, EIGHT_BYTES);
    bytes.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
    return this;
  }

  Message number(int field, float value) {
    key(field, FOUR_BYTES);
    bytes.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  Message text(int field, String value) {
    return raw(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message inner(int field, Message value) {
    return raw(field, value.bytes());
  }

  Message raw(int field, byte[] value) {
    key(field, COUNTED_BYTES);
    variable(value.length);
    bytes.writeBytes(value);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void key(int field, int form) {
    variable((long) field << 3 | form);
  }

  /** Seven bits a byte, the lowest first. */
  private void variable(long value) {
    long rest = value;
    while (rest >>> BITS != 0) {
      bytes.write((int) (rest & MORE - 1 | MORE));
      rest >>>= BITS;
    }
    bytes.write((int) rest);
  }
}
