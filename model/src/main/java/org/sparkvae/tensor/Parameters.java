package org.sparkvae.tensor;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The flat parameter vector, and gradient vector, seen through a layout. */
public final class Parameters {
  private final ParameterLayout layout;
  private final INDArray values;
  private final INDArray gradient;
  private final Map<String, Contributions> contributions = new HashMap<>();

  /**
   * Views over given vectors.
   *
   * @param values [P] or [1, P]
   * @param gradient likewise, or null
   * @throws IllegalArgumentException if a length is not the layout's
   */
  public Parameters(ParameterLayout layout, INDArray values, INDArray gradient) {
    this.layout = layout;
    this.values = flat(layout, values);
    this.gradient = gradient == null ? null : flat(layout, gradient);
  }

  /** The flat values, [P]. */
  public INDArray values() {
    return values;
  }

  /** The flat gradient, [P]; null where none is computed. */
  public INDArray gradient() {
    return gradient;
  }

  /** A block by name, as a matrix [rows, columns] over the same memory. */
  public Parameter matrix(String name) {
    ParameterLayout.Block block = layout.block(name);
    return view(block, block.rows(), block.columns());
  }

  /** A block by name, as a vector over the same memory. */
  public Parameter vector(String name) {
    ParameterLayout.Block block = layout.block(name);
    return view(block, block.length());
  }

  private Parameter view(ParameterLayout.Block block, long... shape) {
    return new Parameter(
        slice(values, block, shape),
        gradient == null ? null : slice(gradient, block, shape),
        contributions.computeIfAbsent(block.name(), name -> new Contributions()));
  }

  private static INDArray slice(INDArray flat, ParameterLayout.Block block, long... shape) {
    return flat.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()))
        .reshape('c', shape);
  }

  private static INDArray flat(ParameterLayout layout, INDArray vector) {
    if (vector.length() != layout.length()) {
      throw new IllegalArgumentException(
          "the model has " + layout.length() + " parameters, the vector " + vector.length());
    }
    return vector.reshape(new long[] {vector.length()});
  }
}
