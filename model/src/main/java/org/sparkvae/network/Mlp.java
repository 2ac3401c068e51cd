package org.sparkvae.network;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Affine;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Tape;

/**
 * A multilayer perceptron body: hidden layers of one activation, without an output layer.
 *
 * @param name prefix of its parameters, as "encoder"
 * @param inputs width of its input
 * @param hidden widths of its layers; may be empty, when the body is the identity
 * @param activation after each layer
 */
public record Mlp(String name, int inputs, List<Integer> hidden, Activation activation) {

  /** Width of its output. */
  public int outputs() {
    return hidden.isEmpty() ? inputs : hidden.get(hidden.size() - 1);
  }

  /** Adds its parameters: name.i.weight [in, out] and name.i.bias [out], i = 0, 1, .... */
  public void declare(ParameterLayout.Builder layout) {
    layers().forEach(layer -> layer.declare(layout));
  }

  /** Appends it to a tape: [rows, inputs] -> [rows, outputs]. */
  public Matrix append(Tape tape, Parameters parameters, Matrix x) {
    Matrix h = x;
    for (Affine layer : layers()) {
      h = layer.append(tape, parameters, h, activation);
    }
    return h;
  }

  private List<Affine> layers() {
    List<Affine> layers = new ArrayList<>();
    int in = inputs;
    for (int out : hidden) {
      layers.add(new Affine(name + "." + layers.size(), in, out));
      in = out;
    }
    return layers;
  }
}
