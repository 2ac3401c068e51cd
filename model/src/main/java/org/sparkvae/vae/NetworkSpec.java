package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Activation;

/**
 * A multilayer perceptron body: its hidden widths and the activation after each.
 *
 * @param hidden widths of the hidden layers, from the input on; may be empty (a linear map)
 * @param activation after each hidden layer
 */
public record NetworkSpec(
    @Setting(
            says = "Widths of the hidden layers, from the input on; [] for a linear map.",
            otherwise = "[200, 200]",
            least = 1)
        List<Integer> hidden,
    @Setting(says = "After each hidden layer.", otherwise = "tanh", not = "identity")
        Activation activation)
    implements Serializable {
  /** Checks the widths. */
  public NetworkSpec {
    hidden = List.copyOf(hidden);
    if (hidden.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException("hidden widths must be at least 1, but are " + hidden);
    }
  }
}
