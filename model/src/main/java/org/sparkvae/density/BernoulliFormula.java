package org.sparkvae.density;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.SIGMOID;
import static org.sparkvae.tensor.formula.Function.SOFTPLUS;
import static org.sparkvae.tensor.formula.Function.SQRT;
import static org.sparkvae.tensor.formula.Function.STEP;

import org.sparkvae.tensor.formula.Formula;

/**
 * Independent bits as formulas of their logits: a bit is 1 with the probability 1 / (1 + e^-l), and
 * drawn by a step, which no derivative flows through.
 */
public final class BernoulliFormula {
  /** The bits, or any values in their place. */
  public static final Formula.Operand BITS = value("bits");

  /** Uniform numbers in [0, 1). */
  public static final Formula.Operand UNIFORM = value("uniform");

  private static final double MIDDLE_OF_ZERO = 0x1p-25;

  private BernoulliFormula() {}

  /** The mean. */
  public static Formula mean(Formula logit) {
    return logit.apply(SIGMOID);
  }

  /**
   * The bits that uniform numbers make: 1 where a number is below the mean. A number of 0 stands
   * for all below 2^-24, and counts as their middle: else it would make a 1 however improbable that
   * is.
   */
  public static Formula drawn(Formula logit) {
    Formula isZero = Formula.number(1).minus(UNIFORM.apply(STEP));
    return mean(logit).minus(UNIFORM).minus(isZero.times(MIDDLE_OF_ZERO)).apply(STEP);
  }

  /** The root of the Fisher information of a logit: m (1 - m), m the mean. */
  public static Formula rootOfInformation(Formula logit) {
    Formula mean = mean(logit);
    return mean.times(Formula.number(1).minus(mean)).apply(SQRT);
  }

  /** The log-probability of bits, nats: b l - log(1 + e^l). */
  public static Formula logProbability(Formula logit) {
    return BITS.times(logit).minus(logit.apply(SOFTPLUS));
  }

  /**
   * The KL divergence of bits from others, nats: m (l - k) - log(1 + e^l) + log(1 + e^k), m the
   * mean of logit l.
   *
   * @param logit l
   * @param other k, the logit of those that the divergence is from
   */
  public static Formula kl(Formula logit, Formula other) {
    return mean(logit)
        .times(logit.minus(other))
        .minus(logit.apply(SOFTPLUS))
        .plus(other.apply(SOFTPLUS));
  }
}
