package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Consecutive columns of a matrix, in which the rows of another one stand again and again. */
public final class ColumnBlock {
  private final INDArray part;
  private final INDArray whole;
  private final int first;
  private final INDArray[] places;

  /**
   * Columns.
   *
   * @param part [rows, n]
   * @param whole [times * rows, at least first + n]
   * @param first of its columns
   */
  public ColumnBlock(INDArray part, INDArray whole, int first) {
    this.part = part;
    this.whole = whole;
    this.first = first;
    long rows = part.size(0);
    places = new INDArray[Math.toIntExact(whole.size(0) / rows)];
    for (int i = 0; i < places.length; i++) {
      places[i] =
          whole.get(
              NDArrayIndex.interval(i * rows, (i + 1) * rows),
              NDArrayIndex.interval(first, first + part.size(1)));
    }
  }

  /** The matrix that stands there. */
  public INDArray part() {
    return part;
  }

  /** The matrix that it stands in. */
  public INDArray whole() {
    return whole;
  }

  /** The first of the columns. */
  public int first() {
    return first;
  }

  void spread() {
    for (INDArray place : places) {
      place.assign(part);
    }
  }

  void collect(double beta) {
    for (int i = 0; i < places.length; i++) {
      if (i == 0 && beta == 0) {
        part.assign(places[i]);
      } else {
        part.addi(places[i]);
      }
    }
  }
}
