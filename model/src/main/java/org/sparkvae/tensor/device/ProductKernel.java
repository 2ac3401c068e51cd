package org.sparkvae.tensor.device;

import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The matrix product where the machine has no library for it: C = op(A) op(B) + beta C of float32
 * matrices, row by row. Arguments: A, B, C, m, n, k.
 *
 * <p>A block computes a tile of C from strips of A and B that it shares; a thread computes sixteen
 * values of the tile.
 *
 * @param transposeA whether A is [k, m]
 * @param transposeB whether B is [n, k]
 * @param adds whether beta is 1, else 0
 */
record ProductKernel(boolean transposeA, boolean transposeB, boolean adds) {
  private static final int TILE = 64;
  private static final int STRIP = 16;
  private static final int SIDE = 16;
  private static final int OF_THREAD = TILE / SIDE;
  private static final int THREADS = SIDE * SIDE;

  /** The blocks of a product. */
  static Grid grid(int m, int n) {
    return new Grid((n + TILE - 1) / TILE, (m + TILE - 1) / TILE, 1);
  }

  /** What a thread does. */
  Kernel build() {
    KernelBuilder kernel = new KernelBuilder("product", THREADS);
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray b = kernel.array(Type.F32);
    GlobalArray c = kernel.array(Type.F32);
    Value m = kernel.argument(Type.S32);
    Value n = kernel.argument(Type.S32);
    Value k = kernel.argument(Type.S32);
    SharedArray stripA = kernel.shared(Type.F32, STRIP * TILE);
    SharedArray stripB = kernel.shared(Type.F32, STRIP * TILE);
    Value thread = kernel.thread();
    Value x = thread.and(SIDE - 1);
    Value y = thread.shiftRight(4);
    Value row = kernel.blockY().times(TILE);
    Value column = kernel.block().times(TILE);
    Value[][] sums = new Value[OF_THREAD][OF_THREAD];
    for (Value[] ofRow : sums) {
      for (int j = 0; j < OF_THREAD; j++) {
        ofRow[j] = kernel.variable(kernel.number(Type.F32, 0));
      }
    }
    kernel.repeat(
        kernel.number(0),
        k,
        kernel.number(STRIP),
        from -> {
          // Neighbours in memory are read by neighbouring threads.
          load(kernel, stripA, a, thread, row, m, from, k, transposeA);
          load(kernel, stripB, b, thread, column, n, from, k, !transposeB);
          kernel.barrier();
          for (int s = 0; s < STRIP; s++) {
            multiply(kernel, stripA, stripB, s, x, y, sums);
          }
          kernel.barrier();
        });
    for (int i = 0; i < OF_THREAD; i++) {
      for (int j = 0; j < OF_THREAD; j++) {
        Value r = row.plus(y).plus(i * SIDE);
        Value q = column.plus(x).plus(j * SIDE);
        Value sum = sums[i][j];
        kernel.when(
            r.isLess(m).and(q.isLess(n)),
            () -> {
              Value place = r.fma(n, q);
              c.store(place, adds ? c.load(place).plus(sum) : sum);
            });
      }
    }
    return kernel.build();
  }

  /**
   * Loads a strip, [STRIP, TILE], zeros beyond the matrix.
   *
   * @param first row of C's tile, or column
   * @param length rows of C, or columns
   * @param along whether the matrix is [k, length], else [length, k]
   */
  private static void load(
      KernelBuilder kernel,
      SharedArray strip,
      GlobalArray matrix,
      Value thread,
      Value first,
      Value length,
      Value from,
      Value k,
      boolean along) {
    for (int part = 0; part < STRIP * TILE / THREADS; part++) {
      Value number = thread.plus(part * THREADS);
      Value inTile = along ? number.and(TILE - 1) : number.shiftRight(4);
      Value inStrip = along ? number.shiftRight(6) : number.and(STRIP - 1);
      Value at = first.plus(inTile);
      Value s = from.plus(inStrip);
      Value value = kernel.variable(kernel.number(Type.F32, 0));
      kernel.when(
          at.isLess(length).and(s.isLess(k)),
          () -> kernel.set(value, matrix.load(along ? s.fma(length, at) : at.fma(k, s))));
      strip.store(inStrip.fma(kernel.number(TILE), inTile), value);
    }
  }

  private static void multiply(
      KernelBuilder kernel,
      SharedArray stripA,
      SharedArray stripB,
      int s,
      Value x,
      Value y,
      Value[][] sums) {
    Value[] ofA = new Value[OF_THREAD];
    Value[] ofB = new Value[OF_THREAD];
    for (int i = 0; i < OF_THREAD; i++) {
      ofA[i] = stripA.load(y.plus(s * TILE + i * SIDE));
      ofB[i] = stripB.load(x.plus(s * TILE + i * SIDE));
    }
    for (int i = 0; i < OF_THREAD; i++) {
      for (int j = 0; j < OF_THREAD; j++) {
        kernel.addProduct(sums[i][j], ofA[i], ofB[j]);
      }
    }
  }
}
