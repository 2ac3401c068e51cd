package org.sparkvae.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.Kernels;

/** A recording on arrays of the test's choice instead of a program's, replayed on any kernels. */
public final class Replay {
  private final Recorder recorder;
  private final Kernels kernels;

  /** By gradient, whether a pass adds to what is there. */
  private final Map<Contributions, Boolean> gradients = new LinkedHashMap<>();

  public Replay(Kernels kernels, int images, int samples) {
    this.kernels = kernels;
    this.recorder = new Recorder(images, samples);
  }

  public Recorder recorder() {
    return recorder;
  }

  /** A matrix without a derivative. */
  public Matrix constant(INDArray value) {
    return matrix(value, null, 0);
  }

  /** A matrix whose gradient, which may be null, is to be overwritten (beta 0) or added to (1). */
  public Matrix matrix(INDArray value, INDArray gradient, double beta) {
    Matrix matrix = recorder.variable((int) value.size(0), (int) value.size(1));
    matrix.bind(value, gradient);
    gradients.put(matrix.contributions(), beta != 0);
    return matrix;
  }

  /** A vector of parameters, likewise. */
  public Parameter vector(String name, INDArray value, INDArray gradient, double beta) {
    int length = (int) value.length();
    Parameter parameter = recorder.vector(name, length, new Start.Constant(0));
    ParameterLayout.Block block = new ParameterLayout.Block(name, parameter.start(), 1, length, 0);
    parameter.bind(block, value, gradient);
    gradients.put(parameter.contributions(), beta != 0);
    return parameter;
  }

  /** Gives a result its memory, and the derivative of the loss by it, which may be null. */
  public void bind(Matrix result, INDArray value, INDArray gradient) {
    result.bind(value, gradient);
    gradients.put(result.contributions(), true);
  }

  /** Gives a result its memory, and the derivative of the loss by it. */
  public void bind(Rows result, double[] gradient) {
    result.bind();
    System.arraycopy(gradient, 0, result.gradient(), 0, gradient.length);
    gradients.put(result.contributions(), true);
  }

  /** The values of a result, computed. */
  public double[] value(Rows result) {
    bind(result, new double[0]);
    forward();
    return result.value().clone();
  }

  /** Those values, and from the derivatives of the loss by them every gradient. */
  public double[] differentiate(Rows result, double[] gradient) {
    bind(result, gradient);
    forward();
    backward();
    return result.value().clone();
  }

  /** Computes every value. */
  public void forward() {
    for (Recorder.Step step : recorder.steps()) {
      step.operation().forward(kernels);
    }
  }

  /** Computes every gradient. */
  public void backward() {
    gradients.forEach(Contributions::start);
    for (int i = recorder.steps().size() - 1; i >= 0; i--) {
      recorder.steps().get(i).operation().backward(kernels);
    }
  }
}
