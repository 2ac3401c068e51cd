package org.sparkvae.tensor.device.kernel;

import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The matrix product where the machine has no library for it: C = op(A) op(B) + beta C of float32
 * matrices, row by row. Arguments: A, B, C, m, n, k, and how much of k a part has, a multiple of
 * {@link #STRIP}; where there are several parts, C is [parts, m, n] of their products, to be
 * summed.
 *
 * <p>A block computes a tile of C from strips of A and B that it shares; a thread computes sixteen
 * values of the tile.
 *
 * @param transposeA whether A is [k, m]
 * @param transposeB whether B is [n, k]
 * @param adds whether beta is 1, else 0
 * @param isTall whether rows of tiles go along the first axis of the grid, which has more blocks
 *     than the others
 */
public record ProductKernel(boolean transposeA, boolean transposeB, boolean adds, boolean isTall) {
  private static final int TILE = 64;

  /** Values of k that are loaded together. */
  public static final int STRIP = 16;

  private static final int SIDE = 16;
  private static final int OF_THREAD = TILE / SIDE;
  private static final int THREADS = SIDE * SIDE;

  /** Blocks that keep a card busy. */
  private static final int ENOUGH = 256;

  /** Bytes that the parts of a product take at most. */
  public static final int MOST_BYTES = ENOUGH * TILE * TILE * Float.BYTES;

  /** Fewest strips that are worth a block. */
  private static final int LEAST_STRIPS = 2;

  /** Into how many parts k is cut, so that few large tiles do not leave most of a card idle. */
  public static int parts(int m, int n, int k) {
    int tiles = tiles(m) * tiles(n);
    int most = Math.max(1, k / (LEAST_STRIPS * STRIP));
    return Math.max(1, Math.min(most, ENOUGH / tiles));
  }

  /** The blocks of a product whose k is cut into parts. */
  public static Grid grid(int m, int n, int parts) {
    return isTall(m) ? new Grid(tiles(m), tiles(n), parts) : new Grid(tiles(n), tiles(m), parts);
  }

  /** Whether a product of m rows has more rows of tiles than an axis but the first takes. */
  public static boolean isTall(int m) {
    return tiles(m) > Grid.MOST_ACROSS;
  }

  private static int tiles(int length) {
    return (length + TILE - 1) / TILE;
  }

  /** What a thread does. */
  public Kernel build() {
    KernelBuilder kernel = new KernelBuilder("product", THREADS);
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray b = kernel.array(Type.F32);
    GlobalArray c = kernel.array(Type.F32);
    Value m = kernel.argument(Type.S32);
    Value n = kernel.argument(Type.S32);
    Value k = kernel.argument(Type.S32);
    Value ofPart = kernel.argument(Type.S32);
    SharedArray stripA = kernel.shared(Type.F32, STRIP * TILE);
    SharedArray stripB = kernel.shared(Type.F32, STRIP * TILE);
    Value thread = kernel.thread();
    Value x = thread.and(SIDE - 1);
    Value y = thread.shiftRight(4);
    Value row = (isTall ? kernel.block() : kernel.blockY()).times(TILE);
    Value column = (isTall ? kernel.blockY() : kernel.block()).times(TILE);
    Value[][] sums = new Value[OF_THREAD][OF_THREAD];
    for (Value[] ofRow : sums) {
      for (int j = 0; j < OF_THREAD; j++) {
        ofRow[j] = kernel.variable(kernel.number(Type.F32, 0));
      }
    }
    Value first = kernel.blockZ().times(ofPart);
    Value rest = k.minus(first);
    Value end = first.plus(ofPart.lesser(rest));
    Value base = kernel.blockZ().times(m).times(n);
    kernel.repeat(
        first,
        end,
        kernel.number(STRIP),
        from -> {
          // Neighbours in memory are read by neighbouring threads.
          load(kernel, stripA, a, thread, row, m, from, end, k, transposeA);
          load(kernel, stripB, b, thread, column, n, from, end, k, !transposeB);
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
              Value place = base.plus(r.fma(n, q));
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
      Value end,
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
          at.isLess(length).and(s.isLess(end)),
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

  /**
   * Sums the parts of a product. Arguments: parts [parts, m n], C, m n, parts.
   *
   * @param adds whether beta is 1, else 0
   */
  public static Kernel sum(boolean adds) {
    KernelBuilder kernel = new KernelBuilder("sum_parts", Skeletons.PLACES);
    GlobalArray parts = kernel.array(Type.F32);
    GlobalArray c = kernel.array(Type.F32);
    Value count = kernel.argument(Type.S32);
    Value number = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        count,
        place -> {
          Value sum = kernel.variable(adds ? c.load(place) : kernel.number(Type.F32, 0));
          kernel.repeat(
              kernel.number(0),
              number,
              kernel.number(1),
              part -> kernel.add(sum, parts.load(part.fma(count, place))));
          c.store(place, sum);
        });
    return kernel.build();
  }
}
