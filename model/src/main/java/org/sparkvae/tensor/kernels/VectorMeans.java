package org.sparkvae.tensor.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Averages vectors where they lie on a device. */
@FunctionalInterface
public interface VectorMeans {
  /**
   * Sets a vector to the weighted mean of others, to the bits of {@link
   * org.sparkvae.host.WeightedMean}.
   *
   * @param vectors float32, each [n], which {@linkplain Kernels#share others may read}
   * @param weights one for each vector, not all 0
   * @param mean to set, [n]; none of the vectors
   */
  void mean(List<INDArray> vectors, double[] weights, INDArray mean);
}
