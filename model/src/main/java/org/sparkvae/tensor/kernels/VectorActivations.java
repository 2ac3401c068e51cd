package org.sparkvae.tensor.kernels;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static org.sparkvae.host.HostFloats.STRIDE;
import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.HostFloats.store;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import org.sparkvae.host.HostFloats;
import org.sparkvae.host.VectorMath;

/**
 * Bias and activation, and their backward.
 *
 * <p>A matrix is walked as one long row, with vectors that may span two of its rows: the bias is
 * laid out as it repeats, so that only the very end of the matrix is not a whole vector. There is a
 * loop for each function because a compiled loop over all of them outgrows the inlining limits.
 */
final class VectorActivations {
  private VectorActivations() {}

  /** See {@link Kernels#activate}. */
  static void activate(ByteBuffer a, ByteBuffer bias, int columns, Activation f) {
    float[] repeated = repeated(bias, columns);
    int end = HostFloats.wholeVectors(a.capacity() / Float.BYTES);
    activate(a, end, repeated, 0, columns, f);
    if (end < a.capacity()) {
      ByteBuffer tail = HostFloats.tail(0, a, end);
      activate(tail, STRIDE, repeated, end / Float.BYTES % columns, columns, f);
      HostFloats.putTail(tail, a, end);
    }
  }

  private static void activate(
      ByteBuffer a, int end, float[] bias, int place, int columns, Activation f) {
    switch (f) {
      case IDENTITY -> identity(a, end, bias, place, columns);
      case TANH -> tanh(a, end, bias, place, columns);
      case RELU -> relu(a, end, bias, place, columns);
      case SOFTPLUS -> softplus(a, end, bias, place, columns);
      case ELU -> elu(a, end, bias, place, columns);
      case LEAKY_RELU -> leakyRelu(a, end, bias, place, columns);
      default -> throw new AssertionError(f);
    }
  }

  /** See {@link Kernels#activateBackward}. */
  static void backward(ByteBuffer output, ByteBuffer gradient, Activation f) {
    int end = HostFloats.wholeVectors(output.capacity() / Float.BYTES);
    backward(output, gradient, end, f);
    if (end < output.capacity()) {
      ByteBuffer tail = HostFloats.tail(1, gradient, end);
      backward(HostFloats.tail(0, output, end), tail, STRIDE, f);
      HostFloats.putTail(tail, gradient, end);
    }
  }

  /** See {@link Kernels#sumColumns}. */
  static void sumColumns(ByteBuffer matrix, double beta, ByteBuffer sums) {
    if (beta == 0) {
      columnSums(matrix, sums);
    } else {
      addColumnSums(matrix, sums);
    }
  }

  private static void backward(ByteBuffer output, ByteBuffer gradient, int end, Activation f) {
    switch (f) {
      case IDENTITY -> {}
      case TANH -> tanhBackward(output, gradient, end);
      case RELU -> reluBackward(output, gradient, end);
      case SOFTPLUS -> softplusBackward(output, gradient, end);
      case ELU -> eluBackward(output, gradient, end);
      case LEAKY_RELU -> leakyReluBackward(output, gradient, end);
      default -> throw new AssertionError(f);
    }
  }

  /** The bias repeated to one vector beyond its length. */
  private static float[] repeated(ByteBuffer bias, int columns) {
    float[] repeated = new float[columns + LANES];
    HostFloats.read(bias, 0, repeated, columns);
    for (int j = columns; j < repeated.length; j++) {
      repeated[j] = repeated[j - columns];
    }
    return repeated;
  }

  /** The place in the repeated bias one vector further on. */
  private static int next(int place, int columns) {
    int next = place + LANES;
    return next < columns ? next : next % columns;
  }

  private static void identity(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      store(load(a, at).add(load(bias, place)), a, at);
    }
  }

  private static void tanh(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      store(VectorMath.tanh(load(a, at).add(load(bias, place))), a, at);
    }
  }

  private static void relu(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      store(VectorMath.positive(load(a, at).add(load(bias, place))), a, at);
    }
  }

  private static void softplus(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      store(VectorMath.softplus(load(a, at).add(load(bias, place))), a, at);
    }
  }

  private static void elu(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      store(elu(load(a, at).add(load(bias, place))), a, at);
    }
  }

  private static void leakyRelu(ByteBuffer a, int end, float[] bias, int from, int columns) {
    for (int at = 0, place = from; at < end; at += STRIDE, place = next(place, columns)) {
      FloatVector sum = load(a, at).add(load(bias, place));
      store(sum.blend(sum.mul((float) Activation.LEAK), sum.lt(0f)), a, at);
    }
  }

  private static void tanhBackward(ByteBuffer output, ByteBuffer gradient, int end) {
    for (int at = 0; at < end; at += STRIDE) {
      store(load(gradient, at).mul(tanhSlope(load(output, at))), gradient, at);
    }
  }

  private static void reluBackward(ByteBuffer output, ByteBuffer gradient, int end) {
    for (int at = 0; at < end; at += STRIDE) {
      store(load(gradient, at).mul(reluSlope(load(output, at))), gradient, at);
    }
  }

  private static void softplusBackward(ByteBuffer output, ByteBuffer gradient, int end) {
    for (int at = 0; at < end; at += STRIDE) {
      store(load(gradient, at).mul(softplusSlope(load(output, at))), gradient, at);
    }
  }

  private static void eluBackward(ByteBuffer output, ByteBuffer gradient, int end) {
    for (int at = 0; at < end; at += STRIDE) {
      store(load(gradient, at).mul(eluSlope(load(output, at))), gradient, at);
    }
  }

  private static void leakyReluBackward(ByteBuffer output, ByteBuffer gradient, int end) {
    for (int at = 0; at < end; at += STRIDE) {
      store(load(gradient, at).mul(leakyReluSlope(load(output, at))), gradient, at);
    }
  }

  private static FloatVector elu(FloatVector a) {
    return a.blend(VectorMath.expm1(a), a.lt(0f));
  }

  private static FloatVector tanhSlope(FloatVector output) {
    return output.neg().fma(output, all(1f));
  }

  /** 1 or 0; a NaN stays one. */
  private static FloatVector reluSlope(FloatVector output) {
    return VectorMath.positive(output).blend(1f, output.compare(GT, 0f));
  }

  /** 1 or the leak; a NaN stays one. */
  private static FloatVector leakyReluSlope(FloatVector output) {
    return all((float) Activation.LEAK)
        .blend(1f, output.compare(GT, 0f))
        .blend(output, output.test(IS_NAN));
  }

  private static FloatVector softplusSlope(FloatVector output) {
    return VectorMath.expm1(output.neg()).neg();
  }

  private static FloatVector eluSlope(FloatVector output) {
    return output.add(1f).blend(1f, output.compare(GT, 0f));
  }

  /** Every column is added from the first row to the last. */
  private static void columnSums(ByteBuffer matrix, ByteBuffer sums) {
    int row = sums.capacity();
    if (row < STRIDE) {
      sumColumns(matrix, sums, 0, 0);
      return;
    }
    for (int column = 0; column < row; column += STRIDE) {
      // The last vector overlaps the one before, and finds the same sums again.
      int from = Math.min(column, row - STRIDE);
      store(columnSum(matrix, from, row), sums, from);
    }
  }

  /** Adds to what is there: where vectors overlapped, they would add twice. */
  private static void addColumnSums(ByteBuffer matrix, ByteBuffer sums) {
    int row = sums.capacity();
    int end = HostFloats.wholeVectors(row / Float.BYTES);
    for (int from = 0; from < end; from += STRIDE) {
      store(load(sums, from).add(columnSum(matrix, from, row)), sums, from);
    }
    sumColumns(matrix, sums, end, 1);
  }

  private static FloatVector columnSum(ByteBuffer matrix, int from, int row) {
    FloatVector sum = all(0f);
    for (int at = from; at < matrix.capacity(); at += row) {
      sum = sum.add(load(matrix, at));
    }
    return sum;
  }

  /** The columns from a place on, value by value. */
  private static void sumColumns(ByteBuffer matrix, ByteBuffer sums, int first, int beta) {
    int row = sums.capacity();
    for (int from = first; from < row; from += Float.BYTES) {
      float sum = 0;
      for (int at = from; at < matrix.capacity(); at += row) {
        sum += matrix.getFloat(at);
      }
      sums.putFloat(from, beta == 0 ? sum : sums.getFloat(from) + sum);
    }
  }
}
