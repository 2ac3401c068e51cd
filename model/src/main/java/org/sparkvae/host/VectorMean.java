package org.sparkvae.host;

import static jdk.incubator.vector.VectorOperators.D2F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of a mean on vectors.
 *
 * <p>Float32 values lie in vectors of the one shape that all other loops use, though a vector holds
 * only half as many of float64: the methods of {@link FloatVector} are compiled with what the JVM
 * has seen them called on, and a second shape makes every loop that stores vectors allocate them.
 */
final class VectorMean implements WeightedMean.Loops {
  private static final int LANES = VectorMath.LANES;
  private static final int HALF = LANES / 2;

  @Override
  public void set(double[] sums, double weight, float[] values, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector vector = HostFloats.load(values, i);
      HostFloats.half(vector, 0).mul(weight).intoArray(sums, i);
      HostFloats.half(vector, 1).mul(weight).intoArray(sums, i + HALF);
    }
    WeightedMean.ScalarMean.set(sums, weight, values, whole, count);
  }

  @Override
  public void add(double[] sums, double weight, float[] values, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector vector = HostFloats.load(values, i);
      add(HostFloats.half(vector, 0).mul(weight), sums, i);
      add(HostFloats.half(vector, 1).mul(weight), sums, i + HALF);
    }
    WeightedMean.ScalarMean.add(sums, weight, values, whole, count);
  }

  private static void add(DoubleVector terms, double[] sums, int at) {
    DoubleVector.fromArray(HostFloats.DOUBLES, sums, at).add(terms).intoArray(sums, at);
  }

  /** The upper half of each vector is zeros, which the next one, or the scalar loop, overwrites. */
  @Override
  public void divide(double[] sums, double total, float[] target, int at, int count) {
    int i = 0;
    for (; i + LANES <= count; i += HALF) {
      DoubleVector mean = DoubleVector.fromArray(HostFloats.DOUBLES, sums, i).div(total);
      ((FloatVector) mean.convertShape(D2F, VectorMath.SPECIES, 0)).intoArray(target, at + i);
    }
    WeightedMean.ScalarMean.divide(sums, total, target, at, i, count);
  }
}
