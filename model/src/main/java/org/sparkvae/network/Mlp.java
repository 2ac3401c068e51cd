package org.sparkvae.network;

import java.util.List;
import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * A multilayer perceptron body: hidden layers of one activation, without an output layer.
 *
 * @param hidden widths of its layers; may be empty, when the body is the identity
 * @param activation after each layer
 */
public record Mlp(List<Integer> hidden, Activation activation) {

  /**
   * Records it: [rows, inputs] -> [rows, outputs]; layer i has the parameters i.weight [in, out]
   * and i.bias [out].
   */
  public Matrix on(Recorder recorder, Matrix x) {
    Matrix h = x;
    for (int i = 0; i < hidden.size(); i++) {
      h = recorder.at(Integer.toString(i)).dense(h, hidden.get(i), activation);
    }
    return h;
  }
}
