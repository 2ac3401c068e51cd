package org.sparkvae.tensor.device.kernel;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The product of matrices so small that a card has more processors than a library's tiles: C =
 * op(A) op(B) + beta C of float32 matrices, row by row, with what goes before or after it in the
 * same launch. Arguments: A, B, C, m, n, k, then those of the fusion.
 *
 * <p>A block computes a tile of C, {@value #TILE} by {@value #TILE}. Its threads are groups that
 * part k among themselves: a thread computes sixteen values of the tile for its group, and the
 * groups' sums are added at the end. Loads go by many at once: what is outside of a matrix is read
 * at its edge.
 *
 * @param transposeA whether A is [k, m]
 * @param transposeB whether B is [n, k]
 * @param adds whether beta is 1, else 0
 * @param strip values of k that are loaded together
 * @param isWhole whether k has no more than those
 * @param fusion what else is computed
 */
public record TileProduct(
    boolean transposeA,
    boolean transposeB,
    boolean adds,
    int strip,
    boolean isWhole,
    TileFusion fusion) {
  private static final int TILE = 16;
  private static final int THREADS = TILE * TILE;
  private static final int OF_THREAD = 4;

  /** Threads of a group, [SIDE, SIDE]. */
  private static final int SIDE = TILE / OF_THREAD;

  private static final int OF_GROUP = SIDE * SIDE;
  private static final int GROUPS = THREADS / OF_GROUP;

  /** Values of k that a group takes between two looks at the end. */
  private static final int UNROLLED = 4;

  private static final int LEAST_STRIP = GROUPS * UNROLLED;
  private static final int MOST_STRIP = 4 * LEAST_STRIP;

  /** Places between two rows of a strip, so that columns lie in different banks. */
  private static final int ROW = TILE + 1;

  /** Places between the sums of two values of a thread, for the same reason. */
  private static final int SUMS = THREADS + SIDE;

  /** Most tiles times k of a product that is small: beyond it a library is faster. */
  private static final int MOST_WORK = 140_000;

  /** Largest k of a product that is small. */
  private static final int MOST_K = 1024;

  /** The kernel for a product of such a shape. */
  public static TileProduct of(
      boolean transposeA, boolean transposeB, boolean adds, int k, TileFusion fusion) {
    int strip = LEAST_STRIP;
    while (strip < k && strip < MOST_STRIP) {
      strip *= 2;
    }
    return new TileProduct(transposeA, transposeB, adds, strip, k <= strip, fusion);
  }

  /** Whether a product is small, and its blocks fit into a grid. */
  public static boolean fits(int m, int n, int k) {
    return k <= MOST_K
        && (long) tiles(m) * tiles(n) * k <= MOST_WORK
        && tiles(m) <= Grid.MOST_ACROSS;
  }

  /** The blocks of a product of m rows and n columns. */
  public Grid grid(int m, int n) {
    return new Grid(tiles(n), tiles(m + fusion.rowsMore()), 1);
  }

  private static int tiles(int length) {
    return (length + TILE - 1) / TILE;
  }

  /** What a thread does. */
  public Kernel build() {
    return new Build().kernel();
  }

  /** A kernel that is being built. */
  private final class Build {
    private final KernelBuilder kernel = new KernelBuilder("tile_product", THREADS);
    private final GlobalArray a = kernel.array(Type.F32);
    private final GlobalArray b = kernel.array(Type.F32);
    private final GlobalArray c = kernel.array(Type.F32);
    private final Value m = kernel.argument(Type.S32);
    private final Value n = kernel.argument(Type.S32);
    private final Value k = kernel.argument(Type.S32);
    private final TileFusion.Ends ends = fusion.begin(kernel, m, n);
    private final SharedArray memory =
        kernel.shared(Type.F32, Math.max(2 * strip * ROW, OF_THREAD * OF_THREAD * SUMS));
    private final Value thread = kernel.thread();
    private final Value row = kernel.blockY().times(TILE);
    private final Value column = kernel.block().times(TILE);
    private final Value group = thread.shiftRight(4);
    private final Value x = thread.and(SIDE - 1);
    private final Value y = thread.shiftRight(2).and(SIDE - 1);
    private final Side ofA = new Side(a, 0, row, m, transposeA, ends::ofA);
    private final Side ofB = new Side(b, strip * ROW, column, n, !transposeB, ends::ofB);
    private final Value[][] sums = new Value[OF_THREAD][OF_THREAD];

    Kernel kernel() {
      for (Value[] ofRow : sums) {
        for (int j = 0; j < OF_THREAD; j++) {
          ofRow[j] = kernel.variable(kernel.number(Type.F32, 0));
        }
      }
      if (isWhole) {
        Value zero = kernel.number(0);
        ofA.store(ofA.load(zero));
        ofB.store(ofB.load(zero));
        kernel.barrier();
        multiply(k);
      } else {
        strips();
      }
      finish();
      return kernel.build();
    }

    /** The next strip is on its way while one is multiplied. */
    private void strips() {
      Value zero = kernel.number(0);
      List<Value> nextA = ofA.load(zero).stream().map(kernel::variable).toList();
      List<Value> nextB = ofB.load(zero).stream().map(kernel::variable).toList();
      kernel.repeat(
          zero,
          k,
          kernel.number(strip),
          from -> {
            kernel.barrier();
            ofA.store(nextA);
            ofB.store(nextB);
            kernel.barrier();
            Value next = from.plus(strip);
            set(nextA, ofA.load(next));
            set(nextB, ofB.load(next));
            multiply(k.minus(from).lesser(kernel.number(strip)));
          });
    }

    private void set(List<Value> variables, List<Value> values) {
      for (int i = 0; i < values.size(); i++) {
        kernel.set(variables.get(i), values.get(i));
      }
    }

    /** Adds the products of a strip, of which so many values of k count, and the others are 0. */
    private void multiply(Value length) {
      Value ofRows = group.fma(kernel.number(ROW), y.times(OF_THREAD));
      Value ofColumns = group.fma(kernel.number(ROW), x.times(OF_THREAD)).plus(strip * ROW);
      kernel.repeat(
          kernel.number(0),
          length,
          kernel.number(LEAST_STRIP),
          from -> {
            Value rows = from.fma(kernel.number(ROW), ofRows);
            Value columns = from.fma(kernel.number(ROW), ofColumns);
            for (int step = 0; step < UNROLLED; step++) {
              multiply(rows.plus(step * GROUPS * ROW), columns.plus(step * GROUPS * ROW));
            }
          });
    }

    private void multiply(Value rows, Value columns) {
      Value[] left = new Value[OF_THREAD];
      Value[] right = new Value[OF_THREAD];
      for (int i = 0; i < OF_THREAD; i++) {
        left[i] = memory.load(rows.plus(i));
        right[i] = memory.load(columns.plus(i));
      }
      for (int i = 0; i < OF_THREAD; i++) {
        for (int j = 0; j < OF_THREAD; j++) {
          kernel.addProduct(sums[i][j], left[i], right[j]);
        }
      }
    }

    /** Each thread adds the groups' sums of one value, and stores it. */
    private void finish() {
      kernel.barrier();
      for (int i = 0; i < OF_THREAD; i++) {
        for (int j = 0; j < OF_THREAD; j++) {
          memory.store(thread.plus((i * OF_THREAD + j) * SUMS), sums[i][j]);
        }
      }
      kernel.barrier();
      Value inRow = thread.shiftRight(4);
      Value inColumn = thread.and(TILE - 1);
      Value which =
          inRow.and(OF_THREAD - 1).times(OF_THREAD).plus(inColumn.and(OF_THREAD - 1)).times(SUMS);
      Value from = which.plus(inRow.shiftRight(2).times(SIDE)).plus(inColumn.shiftRight(2));
      List<Value> parts = new ArrayList<>();
      for (int g = 0; g < GROUPS; g++) {
        parts.add(memory.load(from.plus(g * OF_GROUP)));
      }
      while (parts.size() > 1) {
        List<Value> halves = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
          halves.add(parts.get(i).plus(parts.get(i + 1)));
        }
        parts = halves;
      }
      Value sum = parts.get(0);
      Value r = row.plus(inRow);
      Value q = column.plus(inColumn);
      kernel.when(
          r.isLess(m).and(q.isLess(n)),
          () -> {
            Value place = r.fma(n, q);
            Value value = ends.end(sum, q);
            c.store(place, adds ? c.load(place).plus(value) : value);
          });
      ends.after(r, q, sum);
    }

    /** One of the two matrices, and how the threads load a strip of it. */
    private final class Side {
      private final GlobalArray matrix;
      private final int inMemory;
      private final Value length;
      private final boolean along;
      private final TileFusion.Change change;

      /** Rows of the tile that the thread loads, or columns. */
      private final List<Value> inTile = new ArrayList<>();

      /** The same of C. */
      private final List<Value> at = new ArrayList<>();

      /** The first value of the strip that it loads of each, and how far the next is. */
      private final Value inStrip;

      private final int step;

      /**
       * A matrix.
       *
       * @param inMemory where its strip begins
       * @param first row or column of C's tile
       * @param length rows of C, or columns
       * @param along whether it is [k, length], else [length, k]; neighbours in memory are loaded
       *     by neighbouring threads
       */
      Side(
          GlobalArray matrix,
          int inMemory,
          Value first,
          Value length,
          boolean along,
          TileFusion.Change change) {
        this.matrix = matrix;
        this.inMemory = inMemory;
        this.length = length;
        this.along = along;
        this.change = change;
        if (along) {
          inTile.add(thread.and(TILE - 1));
          inStrip = thread.shiftRight(4);
          step = THREADS / TILE;
        } else {
          inTile.add(thread.shiftRight(5));
          inTile.add(thread.shiftRight(5).plus(THREADS / 32));
          inStrip = thread.and(31);
          step = 32;
        }
        inTile.forEach(place -> at.add(first.plus(place)));
      }

      /** What the thread loads of the strip from a value of k on. */
      List<Value> load(Value from) {
        List<Value> values = new ArrayList<>();
        for (Value place : at) {
          Value inside = place.lesser(length.minus(1));
          for (int s = 0; s < strip; s += step) {
            Value where = from.plus(inStrip).plus(s);
            Value last = where.lesser(k.minus(1));
            Value address = along ? last.fma(length, inside) : inside.fma(k, last);
            Value value = change.of(matrix.load(address), address, place);
            values.add(value.number(0).blend(value, where.isLess(k)));
          }
        }
        return values;
      }

      void store(List<Value> values) {
        int number = 0;
        for (Value place : inTile) {
          for (int s = 0; s < strip; s += step) {
            Value to = inStrip.fma(kernel.number(ROW), place).plus(s * ROW + inMemory);
            memory.store(to, values.get(number++));
          }
        }
      }
    }
  }
}
