package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Pass;

/**
 * One pass of an operation over arrays that it has.
 *
 * @param step the operation and its result
 * @param vectors the flat parameter vector, and the flat gradient vector where there is one
 * @param way which of the passes
 */
record OperationPass(Recorder.Step step, List<INDArray> vectors, Way way) implements Pass {
  enum Way {
    FORWARD,
    /** Forward, where nothing of the same sequence reads the result. */
    FORWARD_TO_RESULT,
    BACKWARD
  }

  @Override
  public void run(Kernels kernels) {
    switch (way) {
      case FORWARD -> step.operation().forward(kernels);
      case FORWARD_TO_RESULT -> kernels.aside(() -> step.operation().forward(kernels));
      case BACKWARD -> step.operation().backward(kernels);
    }
  }

  private boolean isBackward() {
    return way == Way.BACKWARD;
  }

  @Override
  public boolean isByKernels() {
    return step.operation().isByKernels();
  }

  @Override
  public List<INDArray> read() {
    List<INDArray> read = new ArrayList<>();
    if (step.operation().hasParameters()) {
      read.add(vectors.get(0));
    }
    matrices().forEach(matrix -> read.add(matrix.value()));
    return read;
  }

  /** An operation may prepare its backward pass in the gradients of what it reads. */
  @Override
  public List<INDArray> written() {
    List<INDArray> written = new ArrayList<>();
    if (isBackward() && step.operation().hasParameters()) {
      written.addAll(vectors.subList(1, vectors.size()));
    }
    matrices().map(Matrix::gradient).filter(gradient -> gradient != null).forEach(written::add);
    if (!isBackward() && step.result() instanceof Matrix matrix) {
      written.add(matrix.value());
    }
    return written;
  }

  @Override
  public List<double[]> readRows() {
    return rows().map(Rows::value).toList();
  }

  @Override
  public List<double[]> writtenRows() {
    return isBackward()
        ? rows().map(Rows::gradient).toList()
        : step.result() instanceof Rows rows ? List.of(rows.value()) : List.of();
  }

  private Stream<Node> nodes() {
    return Stream.concat(step.operation().inputs().stream(), Stream.of(step.result()));
  }

  private Stream<Matrix> matrices() {
    return nodes().filter(Matrix.class::isInstance).map(Matrix.class::cast);
  }

  private Stream<Rows> rows() {
    return nodes().filter(Rows.class::isInstance).map(Rows.class::cast);
  }
}
