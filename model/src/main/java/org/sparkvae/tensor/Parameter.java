package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A named block of the flat parameter vector, as a matrix or vector over the same memory once a
 * {@link Program} is made of the recording.
 *
 * <p>Operations that share a block add up their derivatives: the first of them in a backward pass
 * sets the gradient and the others add to it.
 */
public final class Parameter implements Argument {
  private final String name;
  private final long[] shape;
  private final Start start;
  private final Contributions contributions = new Contributions();
  private INDArray value;
  private INDArray gradient;

  Parameter(String name, Start start, long... shape) {
    this.name = name;
    this.start = start;
    this.shape = shape;
  }

  /** Dotted, as "encoder.0.weight". */
  public String name() {
    return name;
  }

  /** What it starts from. */
  Start start() {
    return start;
  }

  /** [rows, columns], or [length]. */
  long[] shape() {
    return shape.clone();
  }

  /** Rows, 1 for a vector. */
  public int rows() {
    return shape.length == 1 ? 1 : (int) shape[0];
  }

  /** Columns, or the length of a vector. */
  public int columns() {
    return (int) shape[shape.length - 1];
  }

  /** The block of the values. */
  public INDArray value() {
    return value;
  }

  /** The same block of the flat gradient vector; null where none is computed. */
  public INDArray gradient() {
    return gradient;
  }

  /** Whether its derivative is computed. */
  public boolean differentiable() {
    return gradient != null;
  }

  /** Gives it its place in flat vectors [P]; gradient is null where none is computed. */
  void bind(ParameterLayout.Block block, INDArray values, INDArray gradients) {
    value = slice(block, values);
    gradient = gradients == null ? null : slice(block, gradients);
  }

  private INDArray slice(ParameterLayout.Block block, INDArray flat) {
    return flat.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()))
        .reshape('c', shape);
  }

  /** What a program starts anew before a backward pass. */
  Contributions contributions() {
    return contributions;
  }

  /** The beta with which the caller, about to contribute to the gradient, must write: 0 or 1. */
  public double claim() {
    return contributions.claim();
  }
}
