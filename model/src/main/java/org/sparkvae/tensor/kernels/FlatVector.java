package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Parts of a vector that holds many blocks one after the other, over its own memory. */
public final class FlatVector {
  private FlatVector() {}

  /**
   * The values from one place to before another, [to - from], not a copy.
   *
   * @param vector [n], or [1, n]
   */
  public static INDArray part(INDArray vector, long from, long to) {
    return vector.reshape(vector.length()).get(NDArrayIndex.interval(from, to));
  }
}
