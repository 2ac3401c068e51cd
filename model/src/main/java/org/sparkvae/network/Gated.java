package org.sparkvae.network;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.SIGMOID;

import java.util.List;
import java.util.Map;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * A body of gated dense layers, h = (x A + a) * sigmoid(x B + b), place by place (Dauphin et al.,
 * "Language modeling with gated convolutional networks", 2017, eq. 1; Tomczak & Welling, "VAE with
 * a VampPrior", 2018, section 5.1).
 *
 * <p>Layer i has the parameters i.weight [in, out] and i.bias [out], A and a, and i.gate.weight and
 * i.gate.bias, B and b.
 *
 * @param hidden widths of its layers, from the input on; may be empty, when it is the identity
 * @param dropout share of each layer's values that a training step leaves out
 */
public record Gated(
    @Setting(
            says = "Widths of the hidden layers, from the input on; [] for a linear map.",
            otherwise = "[300, 300]",
            least = 1)
        List<Integer> hidden,
    @Setting(
            says = "Share of each hidden layer's values that a training step leaves out.",
            otherwise = "0.0",
            least = 0,
            below = 1)
        double dropout)
    implements Network {
  private static final Formula.Operand LINEAR = value("linear");
  private static final Formula.Operand GATE = value("gate");

  /** Without dropout. */
  public Gated(List<Integer> hidden) {
    this(hidden, 0);
  }

  /** Checks widths and dropout. */
  public Gated {
    Dropout.check(dropout);
    hidden = Network.copy(hidden);
  }

  @Override
  public Matrix on(Recorder recorder, Shape in, Matrix x) {
    Matrix h = x;
    for (int i = 0; i < hidden.size(); i++) {
      Recorder layer = recorder.at(Integer.toString(i));
      Matrix linear = layer.dense(h, hidden.get(i), Activation.IDENTITY);
      Matrix gate = layer.at("gate").dense(h, hidden.get(i), Activation.IDENTITY);
      Matrix y = layer.map(LINEAR.times(GATE.apply(SIGMOID)), Map.of(LINEAR, linear, GATE, gate));
      h = Dropout.of(layer, y, dropout);
    }
    return h;
  }
}
