package org.sparkvae.device;

/** How precise the factors of a matrix product are; sums are float32. */
public enum Precision {
  /** 24 bits: all of float32. */
  FLOAT32,
  /** 11 bits, on cards since Ampere (compute capability 8.0). */
  TF32,
  /** 8 bits, on cards since Ampere. */
  BF16
}
