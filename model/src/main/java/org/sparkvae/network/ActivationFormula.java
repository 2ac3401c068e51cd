package org.sparkvae.network;

import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.NEGATE;
import static org.sparkvae.tensor.formula.Function.POSITIVE;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;
import static org.sparkvae.tensor.formula.Function.TANH;

import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/** Activations as formulas, for layers that do more between the product and the activation. */
final class ActivationFormula {
  private ActivationFormula() {}

  /** An activation of an expression. */
  static Formula of(Activation activation, Formula a) {
    Formula above = a.apply(POSITIVE);
    Formula below = a.apply(NEGATE).apply(POSITIVE);
    return switch (activation) {
      case IDENTITY -> a;
      case TANH -> a.apply(TANH);
      case RELU -> above;
      case SOFTPLUS -> a.apply(SOFTPLUS);
      case ELU -> above.plus(below.apply(NEGATE).apply(EXP)).minus(1);
      case LEAKY_RELU -> above.minus(below.times(Activation.LEAK));
    };
  }
}
