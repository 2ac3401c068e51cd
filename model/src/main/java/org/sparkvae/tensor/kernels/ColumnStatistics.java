package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What is computed of whole columns where arrays lie on a device. All matrices are float32. */
public interface ColumnStatistics {
  /**
   * Columns less their mean, over the root of their variance plus epsilon.
   *
   * @param x [rows, columns]
   * @param y to set, [rows, columns]
   * @param precision to set to 1 / sqrt(variance + epsilon), [columns]
   */
  void standardise(INDArray x, double epsilon, INDArray y, INDArray precision);

  /**
   * byX = beta * byX + the derivative of the loss by x of {@link #standardise}.
   *
   * @param y as that has set it
   * @param precision as that has set it
   * @param byY the derivative by y
   * @param beta 0 or 1
   */
  void standardiseBackward(INDArray y, INDArray precision, INDArray byY, double beta, INDArray byX);

  /**
   * The means of each column, and of its square.
   *
   * @param x [rows, columns]
   * @param moments to set, [1, 2 columns]
   */
  void moments(INDArray x, INDArray moments);

  /**
   * Logarithms of K times the softmax of a column: shares[k] = logits[k] - log mean_j e^logits[j].
   *
   * @param logits [K]
   * @param shares to set, [K]
   */
  void logShares(INDArray logits, double[] shares);

  /**
   * byLogits = beta * byLogits + the derivative of the loss by the logits of {@link #logShares}.
   *
   * @param shares as that has set them
   * @param byShares the derivative by them
   * @param beta 0 or 1
   */
  void logSharesBackward(double[] shares, double[] byShares, double beta, INDArray byLogits);
}
