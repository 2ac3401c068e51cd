package org.sparkvae.device.code;

/** Types of registers and of memory. */
public enum Type {
  /** float32. */
  F32("f32", "%f", 4),
  /** float64. */
  F64("f64", "%d", 8),
  /** Signed integers of 32 bits. */
  S32("s32", "%r", 4),
  /** Signed integers of 64 bits, and addresses in global memory. */
  S64("s64", "%l", 8),
  /** Unsigned bytes, in memory only; registers hold them as {@link #S32}. */
  U8("u8", "", 1),
  /** Unsigned integers of 16 bits, in memory only; registers hold them as {@link #S32}. */
  U16("u16", "", 2),
  /** True or false, in registers only. */
  PREDICATE("pred", "%p", 0);

  private final String ptx;
  private final String prefix;
  private final int bytes;

  Type(String ptx, String prefix, int bytes) {
    this.ptx = ptx;
    this.prefix = prefix;
    this.bytes = bytes;
  }

  /** Its name in PTX. */
  String ptx() {
    return ptx;
  }

  /** What names of its registers begin with in PTX. */
  String prefix() {
    return prefix;
  }

  /** Bytes in memory. */
  public int bytes() {
    return bytes;
  }

  /** What registers hold its values as. */
  Type inRegisters() {
    return this == U8 || this == U16 ? S32 : this;
  }

  /** Whether it is a floating-point type. */
  boolean isFloating() {
    return this == F32 || this == F64;
  }
}
