package org.sparkvae.tensor.device.kernel;

import java.util.function.UnaryOperator;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/** The kernels that compute values of rows. */
public final class RowKernels {
  private RowKernels() {}

  /** The largest value of each row, 0 where that is infinite. Arguments: a, largest, columns. */
  public static Kernel largest() {
    KernelBuilder kernel = new KernelBuilder("largest_of_rows", Skeletons.OF_ROW);
    GlobalArray a = kernel.array(Type.F32);
    GlobalArray largest = kernel.array(Type.F64);
    Value columns = kernel.argument(Type.S32);
    Value first = kernel.block().times(columns);
    Value found = largest(kernel, columns, column -> a.load(first.plus(column)));
    kernel.when(
        kernel.thread().isEqual(0),
        () -> {
          // An infinite value is the only one that is no multiple of 0.
          Value isFinite = found.times(0).isEqual(0);
          largest.store(kernel.block(), found.number(0).blend(found, isFinite).to(Type.F64));
        });
    return kernel.build();
  }

  /** The largest of the values of 0 to count, for all {@link Skeletons#OF_ROW} threads. */
  public static Value largest(KernelBuilder kernel, Value count, UnaryOperator<Value> value) {
    int threads = Skeletons.OF_ROW;
    SharedArray most = kernel.shared(Type.F32, threads);
    Value thread = kernel.thread();
    Value mine = kernel.variable(kernel.number(Type.F32, Double.NEGATIVE_INFINITY));
    kernel.repeat(
        thread, count, kernel.number(threads), i -> kernel.set(mine, larger(mine, value.apply(i))));
    most.store(thread, mine);
    for (int half = threads / 2; half > 0; half /= 2) {
      int other = half;
      kernel.barrier();
      kernel.when(
          thread.isLess(half),
          () -> most.store(thread, larger(most.load(thread), most.load(thread.plus(other)))));
    }
    kernel.barrier();
    return most.load(kernel.number(0));
  }

  private static Value larger(Value a, Value b) {
    return a.blend(b, a.isLess(b));
  }

  /** largest + log(sums / count). Arguments: largest, sums, means, rows, count. */
  public static Kernel logMeans() {
    KernelBuilder kernel = new KernelBuilder("log_means", Skeletons.PLACES);
    GlobalArray largest = kernel.array(Type.F64);
    GlobalArray sums = kernel.array(Type.F64);
    GlobalArray means = kernel.array(Type.F64);
    Value rows = kernel.argument(Type.S32);
    Value count = kernel.argument(Type.F64);
    Skeletons.places(
        kernel,
        rows,
        row -> {
          Value mean = sums.load(row).over(count).to(Type.F32);
          Value isZero = mean.isEqual(0);
          Value log = Elementary.log(mean.blend(1, isZero)).blend(Double.NEGATIVE_INFINITY, isZero);
          means.store(row, largest.load(row).plus(log.to(Type.F64)));
        });
    return kernel.build();
  }

  /** a / b. Arguments: a, b, quotients, rows. */
  public static Kernel divide() {
    KernelBuilder kernel = new KernelBuilder("divide", Skeletons.PLACES);
    GlobalArray a = kernel.array(Type.F64);
    GlobalArray b = kernel.array(Type.F64);
    GlobalArray quotients = kernel.array(Type.F64);
    Skeletons.places(
        kernel,
        kernel.argument(Type.S32),
        row -> quotients.store(row, a.load(row).over(b.load(row))));
    return kernel.build();
  }
}
