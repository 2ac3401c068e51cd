package org.sparkvae.tensor;

import static jdk.incubator.vector.VectorOperators.GT;
import static org.sparkvae.tensor.HostFloats.STRIDE;
import static org.sparkvae.tensor.HostFloats.load;
import static org.sparkvae.tensor.HostFloats.store;
import static org.sparkvae.tensor.VectorMath.LANES;
import static org.sparkvae.tensor.VectorMath.all;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;

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
    switch (f) {
      case IDENTITY -> identity(a, repeated, columns, end);
      case TANH -> tanh(a, repeated, columns, end);
      case RELU -> relu(a, repeated, columns, end);
      case SOFTPLUS -> softplus(a, repeated, columns, end);
      case ELU -> elu(a, repeated, columns, end);
      default -> throw new AssertionError(f);
    }
    if (end < a.capacity()) {
      FloatVector shift = load(repeated, end / Float.BYTES % columns);
      FloatVector tail = HostFloats.loadTail(a, end).add(shift);
      HostFloats.storeTail(value(tail, f), a, end);
    }
  }

  /** See {@link Kernels#activateBackward}. */
  static void backward(
      ByteBuffer output, ByteBuffer gradient, Activation f, ByteBuffer biasGradient) {
    int end = HostFloats.wholeVectors(output.capacity() / Float.BYTES);
    switch (f) {
      case IDENTITY -> {}
      case TANH -> tanhBackward(output, gradient, end);
      case RELU -> reluBackward(output, gradient, end);
      case SOFTPLUS -> softplusBackward(output, gradient, end);
      case ELU -> eluBackward(output, gradient, end);
      default -> throw new AssertionError(f);
    }
    if (end < output.capacity() && f != Activation.IDENTITY) {
      FloatVector slope = slope(HostFloats.loadTail(output, end), f);
      HostFloats.storeTail(HostFloats.loadTail(gradient, end).mul(slope), gradient, end);
    }
    columnSums(gradient, biasGradient);
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

  private static void identity(ByteBuffer a, float[] bias, int columns, int end) {
    int place = 0;
    for (int at = 0; at < end; at += STRIDE) {
      store(load(a, at).add(load(bias, place)), a, at);
      place = next(place, columns);
    }
  }

  private static void tanh(ByteBuffer a, float[] bias, int columns, int end) {
    int place = 0;
    for (int at = 0; at < end; at += STRIDE) {
      store(VectorMath.tanh(load(a, at).add(load(bias, place))), a, at);
      place = next(place, columns);
    }
  }

  private static void relu(ByteBuffer a, float[] bias, int columns, int end) {
    int place = 0;
    for (int at = 0; at < end; at += STRIDE) {
      store(VectorMath.positive(load(a, at).add(load(bias, place))), a, at);
      place = next(place, columns);
    }
  }

  private static void softplus(ByteBuffer a, float[] bias, int columns, int end) {
    int place = 0;
    for (int at = 0; at < end; at += STRIDE) {
      store(VectorMath.softplus(load(a, at).add(load(bias, place))), a, at);
      place = next(place, columns);
    }
  }

  private static void elu(ByteBuffer a, float[] bias, int columns, int end) {
    int place = 0;
    for (int at = 0; at < end; at += STRIDE) {
      store(elu(load(a, at).add(load(bias, place))), a, at);
      place = next(place, columns);
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

  private static FloatVector value(FloatVector a, Activation f) {
    return switch (f) {
      case IDENTITY -> a;
      case TANH -> VectorMath.tanh(a);
      case RELU -> VectorMath.positive(a);
      case SOFTPLUS -> VectorMath.softplus(a);
      case ELU -> elu(a);
    };
  }

  private static FloatVector slope(FloatVector output, Activation f) {
    return switch (f) {
      case IDENTITY -> all(1f);
      case TANH -> tanhSlope(output);
      case RELU -> reluSlope(output);
      case SOFTPLUS -> softplusSlope(output);
      case ELU -> eluSlope(output);
    };
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
      narrowColumnSums(matrix, sums);
      return;
    }
    for (int column = 0; column < row; column += STRIDE) {
      // The last vector overlaps the one before, and finds the same sums again.
      int from = Math.min(column, row - STRIDE);
      FloatVector sum = all(0f);
      for (int at = from; at < matrix.capacity(); at += row) {
        sum = sum.add(load(matrix, at));
      }
      store(sum, sums, from);
    }
  }

  private static void narrowColumnSums(ByteBuffer matrix, ByteBuffer sums) {
    int row = sums.capacity();
    for (int from = 0; from < row; from += Float.BYTES) {
      float sum = 0;
      for (int at = from; at < matrix.capacity(); at += row) {
        sum += matrix.getFloat(at);
      }
      sums.putFloat(from, sum);
    }
  }
}
