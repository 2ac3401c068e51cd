package org.sparkvae.network;

import java.util.List;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Activation;

/**
 * A multilayer perceptron body: hidden layers of one activation, without an output layer.
 *
 * <p>Layer i has the parameters i.weight [in, out] and i.bias [out].
 *
 * @param hidden widths of its layers, from the input on; may be empty, when it is the identity
 * @param activation after each layer
 * @param normalisation of each layer's sums
 * @param dropout share of each layer's values that a training step leaves out
 */
public record Mlp(
    @Setting(
            says = "Widths of the hidden layers, from the input on; [] for a linear map.",
            otherwise = "[200, 200]",
            least = 1)
        List<Integer> hidden,
    @Setting(says = "After each hidden layer.", otherwise = "tanh", not = "identity")
        Activation activation,
    @Setting(says = "How the sums of each layer are normalised.", otherwise = "none")
        Normalisation normalisation,
    @Setting(
            says = "Share of each hidden layer's values that a training step leaves out.",
            otherwise = "0.0",
            least = 0,
            below = 1)
        double dropout)
    implements Network {
  /** Without normalisation and dropout. */
  public Mlp(List<Integer> hidden, Activation activation) {
    this(hidden, activation, new Normalisation.None(), 0);
  }

  /** Checks widths and dropout. */
  public Mlp {
    Dropout.check(dropout);
    hidden = Network.copy(hidden);
  }

  @Override
  public Matrix on(Recorder recorder, Shape in, Matrix x) {
    Matrix h = x;
    for (int i = 0; i < hidden.size(); i++) {
      Recorder layer = recorder.at(Integer.toString(i));
      Matrix y = normalisation.layer(layer, h, hidden.get(i), activation);
      h = Dropout.of(layer, y, dropout);
    }
    return h;
  }
}
