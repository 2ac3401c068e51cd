package org.sparkvae.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The columns of matrices, one matrix after the other. One with a row for each image has it for all
 * samples of the image.
 */
final class SideBySide implements Operation {
  private final List<Matrix> parts;
  private final Matrix out;
  private INDArray[][] values;
  private INDArray[][] gradients;

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
  public boolean hasParameters() {
    return false;
  }

  @Override
  public void bind() {
    values = views(out.value());
    gradients = out.gradient() == null ? null : views(out.gradient());
  }

  /** Of each part: the places that its rows go to, once for each sample where they repeat. */
  private INDArray[][] views(INDArray whole) {
    INDArray[][] views = new INDArray[parts.size()][];
    int from = 0;
    for (int i = 0; i < views.length; i++) {
      int to = from + parts.get(i).columns();
      int rows = parts.get(i).rows();
      views[i] = new INDArray[out.rows() / rows];
      for (int s = 0; s < views[i].length; s++) {
        views[i][s] =
            whole.get(
                NDArrayIndex.interval(s * rows, (s + 1) * rows), NDArrayIndex.interval(from, to));
      }
      from = to;
    }
    return views;
  }

  @Override
  public void forward(Kernels kernels) {
    for (int i = 0; i < values.length; i++) {
      for (INDArray place : values[i]) {
        place.assign(parts.get(i).value());
      }
    }
  }

  @Override
  public void backward(Kernels kernels) {
    for (int i = 0; i < gradients.length; i++) {
      Matrix part = parts.get(i);
      if (part.gradient() == null) {
        continue;
      }
      for (INDArray place : gradients[i]) {
        if (part.claim() == 0) {
          part.gradient().assign(place);
        } else {
          part.gradient().addi(place);
        }
      }
    }
  }
}
