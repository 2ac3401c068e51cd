package org.sparkvae.tensor.device.kernel;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.kernels.Activation;

/** What a {@link TileProduct} computes beside the product of two matrices. */
public sealed interface TileFusion {
  /** Changes a value of a factor that was loaded. */
  interface Change {
    /**
     * The changed value.
     *
     * @param address of the value in its matrix
     * @param place row of A op, or column of B op, which may be beyond the matrix
     */
    Value of(Value value, Value address, Value place);
  }

  /** A fusion in a kernel that is being built. */
  interface Ends {
    /** A value of A. */
    default Value ofA(Value value, Value address, Value place) {
      return value;
    }

    /** A value of B. */
    default Value ofB(Value value, Value address, Value place) {
      return value;
    }

    /** What is stored for a sum. */
    default Value end(Value sum, Value column) {
      return sum;
    }

    /** What else a thread does with its sum, of any row and column of C's tiles. */
    default void after(Value row, Value column, Value sum) {}
  }

  /** Takes its arguments. */
  Ends begin(KernelBuilder kernel, Value m, Value n);

  /** Rows that it computes beyond those of C. */
  default int rowsMore() {
    return 0;
  }

  /** Nothing. */
  record None() implements TileFusion {
    @Override
    public Ends begin(KernelBuilder kernel, Value m, Value n) {
      return new Ends() {};
    }
  }

  /** C = f(A B + bias). Argument: bias [n]. */
  record Affine(Activation f) implements TileFusion {
    @Override
    public Ends begin(KernelBuilder kernel, Value m, Value n) {
      GlobalArray bias = kernel.array(Type.F32);
      return new Ends() {
        @Override
        public Value end(Value sum, Value column) {
          return ElementKernels.apply(f, sum.plus(bias.load(column)));
        }
      };
    }
  }

  /** A is first multiplied by f'(y), place by place. Argument: y, of the form of A. */
  record ByInput(Activation f) implements TileFusion {
    @Override
    public Ends begin(KernelBuilder kernel, Value m, Value n) {
      GlobalArray y = kernel.array(Type.F32);
      return new Ends() {
        @Override
        public Value ofA(Value value, Value address, Value place) {
          return sloped(f, y, value, address);
        }
      };
    }
  }

  /**
   * B is first multiplied by f'(y), place by place, and its columns are summed as well. Arguments:
   * y, of the form of B; sums [n].
   *
   * @param adds whether what sums held is added to
   */
  record ByParameters(Activation f, boolean adds) implements TileFusion {
    /** That of the sums is a row of A that is all ones. */
    @Override
    public int rowsMore() {
      return 1;
    }

    @Override
    public Ends begin(KernelBuilder kernel, Value m, Value n) {
      GlobalArray y = kernel.array(Type.F32);
      GlobalArray sums = kernel.array(Type.F32);
      return new Ends() {
        @Override
        public Value ofA(Value value, Value address, Value place) {
          return value.blend(1, place.isEqual(m));
        }

        @Override
        public Value ofB(Value value, Value address, Value place) {
          return sloped(f, y, value, address);
        }

        @Override
        public void after(Value row, Value column, Value sum) {
          kernel.when(
              row.isEqual(m).and(column.isLess(n)),
              () -> sums.store(column, adds ? sums.load(column).plus(sum) : sum));
        }
      };
    }
  }

  private static Value sloped(Activation f, GlobalArray y, Value value, Value address) {
    return f == Activation.IDENTITY ? value : value.times(ElementKernels.slope(f, y.load(address)));
  }
}
