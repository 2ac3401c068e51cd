package org.sparkvae.tensor.device.kernel;

import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/** The kernels that sum arrays. */
public final class SumKernels {
  /** Blocks of {@link #squares}, each of which leaves a sum. */
  public static final int PARTS = 128;

  private static final int OF_PART = 256;

  private SumKernels() {}

  /**
   * Column sums. Arguments: a, sums, rows, columns.
   *
   * @param adds whether what sums held is added to
   */
  public static Kernel columns(boolean adds) {
    KernelBuilder kernel = new KernelBuilder("sum_columns", Skeletons.OF_COLUMNS);
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray sums = kernel.array(Type.F32);
    Value rows = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Skeletons.columnSums(
        kernel,
        rows,
        columns,
        (row, column) -> a.load(row.fma(columns, column)),
        (column, sum) -> sums.store(column, adds ? sums.load(column).plus(sum) : sum));
    return kernel.build();
  }

  /** The squares of all values, summed in float64. Arguments: a, sums [PARTS], values of a part. */
  public static Kernel squares() {
    KernelBuilder kernel = new KernelBuilder("sum_of_squares", OF_PART);
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray sums = kernel.array(Type.F64);
    Value count = kernel.argument(Type.S32);
    Value part = kernel.argument(Type.S32);
    Value first = kernel.block().times(part);
    Value rest = count.minus(first);
    Value mine = part.lesser(rest);
    Skeletons.sum(
        kernel,
        OF_PART,
        mine,
        i -> {
          Value value = a.load(first.plus(i)).to(Type.F64);
          return value.times(value);
        },
        sum -> sums.store(kernel.block(), sum));
    return kernel.build();
  }
}
