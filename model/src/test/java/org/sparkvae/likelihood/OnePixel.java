package org.sparkvae.likelihood;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A likelihood of one pixel on a body of zeros, at many x: what it gives follows from its biases.
 */
final class OnePixel {
  private final ParameterLayout layout;
  private final INDArray parameters;
  private final INDArray gradient;
  private final Matrix x;
  private final Rows logDensity;
  private final Program program;

  /**
   * Biases are where training starts.
   *
   * @param mean of the training images
   * @param count of x
   */
  OnePixel(Likelihood likelihood, double mean, int count, DataType type) {
    Recorder recorder = new Recorder(count, 1);
    x = recorder.constant(count, 1);
    logDensity = given(likelihood, recorder, count).logDensity(x);
    layout = recorder.layout();
    parameters = Nd4j.zeros(type, layout.length());
    for (ParameterLayout.Block block : layout.blocks()) {
      if (!block.name().endsWith("weight")) {
        float[] start = block.start().values(block, 1, new float[] {(float) mean});
        part(parameters, block.name()).assign(Nd4j.createFromArray(start));
      }
    }
    gradient = Nd4j.zeros(type, layout.length());
    program = new Program(recorder, layout, parameters, gradient, List.of(logDensity));
  }

  private static Distribution given(Likelihood likelihood, Recorder recorder, int count) {
    return likelihood.given(recorder, recorder.constant(count, 1), Shape.vector(1));
  }

  private INDArray part(INDArray vector, String name) {
    ParameterLayout.Block block = layout.block(name);
    return vector.get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
  }

  void set(String name, double... values) {
    part(parameters, name).assign(Nd4j.createFromArray(values));
  }

  double[] parameter(String name) {
    return part(parameters, name).castTo(DataType.DOUBLE).toDoubleVector();
  }

  double[] at(double... points) {
    x.value().assign(Nd4j.createFromArray(points).reshape(points.length, 1));
    program.forward();
    return logDensity.value().clone();
  }

  /** The derivatives of the sum of the log-densities by parameters. */
  double[] derivatives(String name) {
    // A backward pass overwrites the heads' products.
    program.forward();
    Arrays.fill(logDensity.gradient(), 1);
    program.backward();
    return part(gradient, name).castTo(DataType.DOUBLE).toDoubleVector();
  }

  /** The mean that pictures show. */
  double mean(Likelihood likelihood) {
    Recorder recorder = new Recorder(1, 1);
    Matrix mean = given(likelihood, recorder, 1).mean();
    new Program(recorder, layout, parameters, null, List.of(mean)).forward();
    return mean.value().getDouble(0);
  }
}
