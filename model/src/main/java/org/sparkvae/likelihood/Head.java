package org.sparkvae.likelihood;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.kernels.Activation;

/**
 * The affine head of a likelihood on the decoder's body.
 *
 * @param recorder of the recording
 * @param features the body, [rows, n]
 * @param weight [n, columns]
 * @param bias [columns]
 */
record Head(Recorder recorder, Matrix features, Parameter weight, Parameter bias) {
  /**
   * Records its parameters.
   *
   * @param start of the bias
   */
  static Head of(Recorder recorder, Matrix features, int columns, Start start) {
    Parameter weight = recorder.weight("weight", features.columns(), columns);
    return new Head(recorder, features, weight, recorder.vector("bias", columns, start));
  }

  /** Its output, [rows, columns]. */
  Matrix output() {
    return recorder.dense(features, weight, bias, Activation.IDENTITY);
  }

  /** Its output without the bias, whose one consumer overwrites it by its gradient. */
  Matrix product() {
    return recorder.product(features, weight);
  }
}
