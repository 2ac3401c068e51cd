package org.sparkvae.device.code;

/** What is computed of registers, by the type of the first of them unless told otherwise. */
public enum Arithmetic {
  /** The register itself. */
  MOVE,
  /** a + b; integers wrap around. */
  ADD,
  /** a - b; integers wrap around. */
  SUBTRACT,
  /** a b; of integers the lower half. */
  MULTIPLY,
  /** a / b; of integers towards 0. */
  DIVIDE,
  /** The remainder of that of integers. */
  REMAINDER,
  /** a b + c, rounded once; of integers as multiply and add. */
  MULTIPLY_ADD,
  /** The 64 bits of the 32-bit integers a b, plus the 64-bit c. */
  MULTIPLY_ADD_WIDE,
  /** The square root. */
  ROOT,
  /** -a. */
  NEGATE,
  /** |a|. */
  MAGNITUDE,
  /** Bit by bit; of predicates, too. */
  AND,
  /** Bit by bit; of predicates, too. */
  OR,
  /** Bit by bit. */
  XOR,
  /** To the left. */
  SHIFT_LEFT,
  /** To the right, zeros from the left. */
  SHIFT_RIGHT,
  /** To the right, the sign from the left. */
  SHIFT_RIGHT_SIGNED,
  /** a < b: a predicate, false where one is NaN. */
  LESS,
  /** a <= b: a predicate, false where one is NaN. */
  AT_MOST,
  /** a == b: a predicate, false where one is NaN. */
  EQUAL,
  /** a where the predicate c is true, else b. */
  SELECT,
  /** To the type of the result: to the nearest float, or towards 0 to an integer. */
  CONVERT,
  /** The same 32 bits as a float32 or an integer. */
  REINTERPRET
}
