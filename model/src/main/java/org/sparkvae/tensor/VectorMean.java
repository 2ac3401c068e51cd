package org.sparkvae.tensor;

import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The loops of a mean on vectors: as many float32 values as a vector holds of float64. */
final class VectorMean implements WeightedMean.Loops {
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, VectorShape.forBitSize(VectorMath.SPECIES.vectorBitSize()));
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.length() * Float.SIZE));
  private static final int LANES = DOUBLES.length();

  @Override
  public void set(double[] sums, double weight, float[] values, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      load(values, i).mul(weight).intoArray(sums, i);
    }
    WeightedMean.ScalarMean.set(sums, weight, values, whole, count);
  }

  @Override
  public void add(double[] sums, double weight, float[] values, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, i);
      sum.add(load(values, i).mul(weight)).intoArray(sums, i);
    }
    WeightedMean.ScalarMean.add(sums, weight, values, whole, count);
  }

  @Override
  public void divide(double[] sums, double total, float[] target, int at, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector mean = DoubleVector.fromArray(DOUBLES, sums, i).div(total);
      ((FloatVector) mean.convertShape(D2F, FLOATS, 0)).intoArray(target, at + i);
    }
    WeightedMean.ScalarMean.divide(sums, total, target, at, whole, count);
  }

  private static DoubleVector load(float[] values, int at) {
    return (DoubleVector) FloatVector.fromArray(FLOATS, values, at).convertShape(F2D, DOUBLES, 0);
  }
}
