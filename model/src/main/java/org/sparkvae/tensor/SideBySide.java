package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.ColumnBlock;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The columns of matrices, one matrix after the other. One with a row for each image has it for all
 * samples of the image.
 */
final class SideBySide implements Operation {
  private final List<Matrix> parts;
  private final Matrix out;
  private final List<ColumnBlock> values = new ArrayList<>();

  /** Null where a part has no derivative. */
  private final List<ColumnBlock> gradients = new ArrayList<>();

  /**
   * An operation.
   *
   * @param parts each [rows, n_i], or [images, n_i]
   * @param out [rows, sum of all n_i]
   */
  SideBySide(List<Matrix> parts, Matrix out) {
    this.parts = List.copyOf(parts);
    this.out = out;
  }

  @Override
  public List<Node> inputs() {
    return List.copyOf(parts);
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public boolean hasParameters() {
    return false;
  }

  @Override
  public void bind() {
    int first = 0;
    for (Matrix part : parts) {
      values.add(new ColumnBlock(part.value(), out.value(), first));
      INDArray gradient = out.gradient() == null ? null : part.gradient();
      gradients.add(gradient == null ? null : new ColumnBlock(gradient, out.gradient(), first));
      first += part.columns();
    }
  }

  @Override
  public void forward(Kernels kernels) {
    values.forEach(kernels::spread);
  }

  @Override
  public void backward(Kernels kernels) {
    for (int i = 0; i < parts.size(); i++) {
      if (gradients.get(i) != null) {
        kernels.collect(gradients.get(i), parts.get(i).claim());
      }
    }
  }
}
