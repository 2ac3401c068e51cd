package org.sparkvae.tensor.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Averages vectors where they lie on a device, to which it brings them from others. */
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

  /**
   * Copies a vector from where it lies on the same device or on another of the same kind.
   *
   * @param from that of the device of the source
   * @param source [n], which {@linkplain Kernels#share others may read}
   * @param target [n], on this device
   */
  void copy(VectorMeans from, INDArray source, INDArray target);
}
