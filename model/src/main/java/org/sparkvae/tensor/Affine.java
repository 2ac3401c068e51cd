package org.sparkvae.tensor;

/**
 * A named affine map with its parameters name.weight [inputs, outputs] and name.bias [outputs].
 *
 * @param name dotted, as "encoder.0"
 * @param inputs columns of its input
 * @param outputs columns of its output
 */
public record Affine(String name, int inputs, int outputs) {

  /** Adds its parameters to a layout. */
  public void declare(ParameterLayout.Builder layout) {
    layout.affine(name, inputs, outputs);
  }

  /** Appends f(x weight + bias) to a tape: [rows, inputs] -> [rows, outputs]. */
  public Matrix append(Tape tape, Parameters parameters, Matrix x, Activation f) {
    return tape.dense(x, weight(parameters), bias(parameters), f);
  }

  /** Its weight. */
  public Parameter weight(Parameters parameters) {
    return parameters.matrix(name + ".weight");
  }

  /** Its bias. */
  public Parameter bias(Parameters parameters) {
    return parameters.vector(name + ".bias");
  }
}
