package org.sparkvae.tensor.device.kernel;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The kernels that normalise columns by their statistics, and the way back: a block computes {@link
 * Skeletons#COLUMNS} columns from the first row to the last, as many times as that takes.
 */
public final class StatisticsKernels {
  private final KernelBuilder kernel;
  private final Value rows;
  private final Value columns;

  private StatisticsKernels(String name) {
    kernel = new KernelBuilder(name, Skeletons.OF_COLUMNS);
    rows = kernel.argument(Type.S32);
    columns = kernel.argument(Type.S32);
  }

  /** Arguments: rows, columns, x, y, precision, epsilon. */
  public static Kernel standardise() {
    return new StatisticsKernels("standardise").standardising();
  }

  /**
   * Arguments: rows, columns, y, precision, byY, byX.
   *
   * @param adds whether what byX held is added to
   */
  public static Kernel standardiseBackward(boolean adds) {
    return new StatisticsKernels("standardise_backward").differentiating(adds);
  }

  /** Arguments: rows, columns, x, moments. */
  public static Kernel moments() {
    return new StatisticsKernels("moments").collecting();
  }

  private Kernel standardising() {
    GlobalArray x = kernel.array(Type.F32);
    GlobalArray y = kernel.array(Type.F32);
    GlobalArray precision = kernel.array(Type.F32);
    Value epsilon = kernel.argument(Type.F32);
    SharedArray means = means((row, column) -> x.load(place(row, column)));
    SharedArray variances =
        means(
            (row, column) -> {
              Value off = x.load(place(row, column)).minus(means.load(own(column)));
              return off.times(off);
            });
    withColumn(
        column -> {
          Value mean = means.load(own(column));
          Value variance = variances.load(own(column));
          Value factor = kernel.number(Type.F32, 1).over(variance.plus(epsilon).root());
          kernel.when(
              kernel.thread().isLess(Skeletons.COLUMNS), () -> precision.store(column, factor));
          eachRow(
              row -> {
                Value place = place(row, column);
                y.store(place, x.load(place).minus(mean).times(factor));
              });
        });
    return kernel.build();
  }

  private Kernel differentiating(boolean adds) {
    GlobalArray y = kernel.array(Type.F32);
    GlobalArray precision = kernel.array(Type.F32);
    GlobalArray byY = kernel.array(Type.F32);
    GlobalArray byX = kernel.array(Type.F32);
    SharedArray byMean = means((row, column) -> byY.load(place(row, column)));
    SharedArray byDeviation =
        means(
            (row, column) -> {
              Value place = place(row, column);
              return byY.load(place).times(y.load(place));
            });
    withColumn(
        column -> {
          Value ofMean = byMean.load(own(column));
          Value ofDeviation = byDeviation.load(own(column));
          Value factor = precision.load(column);
          eachRow(
              row -> {
                Value place = place(row, column);
                Value rest = byY.load(place).minus(ofMean).minus(y.load(place).times(ofDeviation));
                Value share = factor.times(rest);
                byX.store(place, adds ? byX.load(place).plus(share) : share);
              });
        });
    return kernel.build();
  }

  private Kernel collecting() {
    GlobalArray x = kernel.array(Type.F32);
    GlobalArray moments = kernel.array(Type.F32);
    SharedArray first = means((row, column) -> x.load(place(row, column)));
    SharedArray second =
        means(
            (row, column) -> {
              Value value = x.load(place(row, column));
              return value.times(value);
            });
    kernel.when(
        kernel.thread().isLess(Skeletons.COLUMNS),
        () ->
            withColumn(
                column -> {
                  moments.store(column, first.load(own(column)));
                  moments.store(columns.plus(column), second.load(own(column)));
                }));
    return kernel.build();
  }

  /**
   * The means over rows of the block's columns, for all of its threads.
   *
   * @param term of a row and a column
   */
  private SharedArray means(BiFunction<Value, Value, Value> term) {
    SharedArray means = kernel.shared(Type.F32, Skeletons.COLUMNS);
    Skeletons.columnSums(
        kernel,
        rows,
        columns,
        term,
        (column, sum) -> means.store(own(column), sum.over(rows.to(Type.F32))));
    kernel.barrier();
    return means;
  }

  /** Where the thread has a column inside. */
  private void withColumn(Consumer<Value> body) {
    Value column = Skeletons.columnOfThread(kernel, kernel.thread());
    kernel.when(column.isLess(columns), () -> body.accept(column));
  }

  /** The rows that a thread works on. */
  private void eachRow(Consumer<Value> body) {
    Skeletons.rowsOfThread(kernel, kernel.thread(), rows, body);
  }

  private Value place(Value row, Value column) {
    return row.fma(columns, column);
  }

  /** The number of a column, or of what works on it, among those of its block. */
  private static Value own(Value column) {
    return column.and(Skeletons.COLUMNS - 1);
  }
}
