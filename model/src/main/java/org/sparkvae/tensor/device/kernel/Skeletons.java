package org.sparkvae.tensor.device.kernel;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/** How threads divide the places of a matrix among themselves. */
public final class Skeletons {
  /** Threads of a block that takes one place a thread. */
  public static final int PLACES = 256;

  /** Threads of a block that sums a row. */
  static final int OF_ROW = 128;

  /** Columns that a block sums, beside one another in memory. */
  public static final int COLUMNS = 32;

  /** Threads of a block that sums columns. */
  static final int OF_COLUMNS = 1024;

  private Skeletons() {}

  /** A thread for each of so many places. */
  public static void places(KernelBuilder kernel, Value count, Consumer<Value> body) {
    Value place = kernel.threadOfGrid();
    kernel.when(place.isLess(count), () -> body.accept(place));
  }

  /**
   * A block of {@link #OF_ROW} or other threads sums values in float64; the first thread gets the
   * sum.
   *
   * @param term of a number from 0 to count
   */
  public static void sum(
      KernelBuilder kernel,
      int threads,
      Value count,
      UnaryOperator<Value> term,
      Consumer<Value> body) {
    SharedArray sums = kernel.shared(Type.F64, threads);
    Value thread = kernel.thread();
    Value sum = kernel.variable(kernel.number(Type.F64, 0));
    kernel.repeat(
        thread, count, kernel.number(threads), i -> kernel.add(sum, term.apply(i).to(Type.F64)));
    sums.store(thread, sum);
    for (int half = threads / 2; half > 0; half /= 2) {
      int other = half;
      kernel.barrier();
      kernel.when(
          thread.isLess(half),
          () -> sums.store(thread, sums.load(thread).plus(sums.load(thread.plus(other)))));
    }
    kernel.when(thread.isEqual(0), () -> body.accept(sums.load(thread)));
  }

  /**
   * A block of {@link #OF_COLUMNS} threads sums the rows of {@link #COLUMNS} columns in float32.
   *
   * @param term of a row and a column
   * @param body takes a column and its sum
   */
  static void columnSums(
      KernelBuilder kernel,
      Value rows,
      Value columns,
      BiFunction<Value, Value, Value> term,
      BiConsumer<Value, Value> body) {
    int lanes = OF_COLUMNS / COLUMNS;
    SharedArray sums = kernel.shared(Type.F32, OF_COLUMNS);
    Value thread = kernel.thread();
    Value column = columnOfThread(kernel, thread);
    Value sum = kernel.variable(kernel.number(Type.F32, 0));
    Value isInside = column.isLess(columns);
    kernel.when(
        isInside,
        () -> rowsOfThread(kernel, thread, rows, row -> kernel.add(sum, term.apply(row, column))));
    sums.store(thread, sum);
    for (int half = lanes / 2; half > 0; half /= 2) {
      int other = half * COLUMNS;
      kernel.barrier();
      kernel.when(
          thread.isLess(other),
          () -> sums.store(thread, sums.load(thread).plus(sums.load(thread.plus(other)))));
    }
    kernel.when(thread.isLess(COLUMNS).and(isInside), () -> body.accept(column, sums.load(thread)));
  }

  /** The column that a thread of a block of {@link #OF_COLUMNS} works on, which may be outside. */
  static Value columnOfThread(KernelBuilder kernel, Value thread) {
    return kernel.block().fma(kernel.number(COLUMNS), thread.and(COLUMNS - 1));
  }

  /** The rows that such a thread works on. */
  static void rowsOfThread(KernelBuilder kernel, Value thread, Value rows, Consumer<Value> body) {
    Value first = thread.shiftRight(Integer.numberOfTrailingZeros(COLUMNS));
    kernel.repeat(first, rows, kernel.number(OF_COLUMNS / COLUMNS), body);
  }
}
