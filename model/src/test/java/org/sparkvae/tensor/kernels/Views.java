package org.sparkvae.tensor.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The arguments of one kernel call: every array is a view at an odd offset into a flat vector, with
 * NaN on both sides, so that reading or writing outside shows.
 */
public final class Views {
  private static final int MARGIN = 19;

  private final DataType type;
  private final Random random;
  private final List<INDArray> flats = new ArrayList<>();

  public Views(DataType type, long seed) {
    this.type = type;
    this.random = new Random(seed);
  }

  /** Normals times a scale, of float32 precision whatever the type. */
  public INDArray normal(double scale, long... shape) {
    float[] values = new float[length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return of(values, shape);
  }

  /** Uniforms in [0, 1), of float32 precision whatever the type. */
  public INDArray uniform(long... shape) {
    float[] values = new float[length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return of(values, shape);
  }

  /** Levels 0, 1/255, ..., 1, a twelfth of them the first and as many the last. */
  public INDArray levels(long... shape) {
    float[] values = new float[length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(255, Math.max(0, random.nextInt(306) - 25)) / 255f;
    }
    return of(values, shape);
  }

  /** NaN throughout: what a buffer may hold that is about to be set. */
  public INDArray garbage(long... shape) {
    float[] values = new float[length(shape)];
    java.util.Arrays.fill(values, Float.NaN);
    return of(values, shape);
  }

  public INDArray of(float[] values, long... shape) {
    int margin = MARGIN + flats.size();
    INDArray flat = Nd4j.valueArrayOf(new long[] {2L * margin + values.length}, Double.NaN, type);
    INDArray inside = flat.get(NDArrayIndex.interval(margin, margin + values.length));
    inside.assign(Nd4j.createFromArray(values).castTo(type));
    flats.add(flat);
    return inside.reshape('c', shape);
  }

  public double[] rows(int count) {
    return random.doubles(count, -2, 2).toArray();
  }

  /** Whether every value around the views is still NaN. */
  public boolean areUntouchedAround() {
    for (int i = 0; i < flats.size(); i++) {
      double[] values = flats.get(i).toDoubleVector();
      for (int j = 0; j < MARGIN + i; j++) {
        if (!Double.isNaN(values[j]) || !Double.isNaN(values[values.length - 1 - j])) {
          return false;
        }
      }
    }
    return true;
  }

  private static int length(long[] shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    return length;
  }
}
