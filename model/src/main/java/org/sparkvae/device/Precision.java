package org.sparkvae.device;

/** How precise the factors of a matrix product are; sums are float32. */
public enum Precision {
  /** 24 bits: all of float32. */
  FLOAT32(4),
  /** 11 bits of a float32 count, on cards since Ampere (compute capability 8.0). */
  TF32(4),
  /** bfloat16, of 8 bits and float32's exponents, on cards since Ampere. */
  BF16(2);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a factor's value in memory. */
  public int bytes() {
    return bytes;
  }
}
