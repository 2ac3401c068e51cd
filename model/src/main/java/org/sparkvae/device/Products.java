package org.sparkvae.device;

/** Matrix products by a library. */
public interface Products {
  /** How precise the factors are, and so what they are in memory. */
  Precision precision();

  /**
   * C = op(A) op(B) + beta C of matrices, row by row, [m, k] [k, n] -> [m, n]. C is of float32, A
   * and B are of the precision's values.
   *
   * @param a address of A, which has m columns where it is transposed, else k
   * @param b address of B, which has k columns where it is transposed, else n
   */
  void multiply(
      int m,
      int n,
      int k,
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      float beta,
      long c);

  /** The library, in a few words. */
  String describe();
}
