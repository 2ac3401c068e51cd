package org.sparkvae.tensor.formula;

/** The functions that formulas are made of. */
public enum Function {
  /** -u. */
  NEGATE,
  /** u^2. */
  SQUARE,
  /** The root of u, which is above 0. */
  SQRT,
  /** e^u. */
  EXP,
  /** log u of u above 0; in float32, of normal numbers. */
  LOG,
  /** log(1 + u) of u above -1, exact for small u; in float32, of finite numbers. */
  LOG1P,
  /** The hyperbolic tangent. */
  TANH,
  /** 1 / (1 + e^-u). */
  SIGMOID,
  /** log(1 + e^u). */
  SOFTPLUS,
  /** max(u, 0). */
  POSITIVE,
  /** 1 where u is above 0, else 0; its derivative is taken for 0 everywhere. */
  STEP,
  /** |u|. */
  ABS,
  /** 1 where u is above 0, -1 below, 0 at 0; its derivative is taken for 0 everywhere. */
  SIGN;

  /** Of a number. */
  public double of(double u) {
    return switch (this) {
      case NEGATE -> -u;
      case SQUARE -> u * u;
      case SQRT -> Math.sqrt(u);
      case EXP -> Math.exp(u);
      case LOG -> Math.log(u);
      case LOG1P -> Math.log1p(u);
      case TANH -> Math.tanh(u);
      case SIGMOID -> 1 / (1 + Math.exp(-u));
      case SOFTPLUS -> Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
      case POSITIVE -> Math.max(u, 0);
      case STEP -> u > 0 ? 1 : 0;
      case ABS -> Math.abs(u);
      case SIGN -> Math.signum(u);
    };
  }

  /** The derivative at an expression. */
  Formula derivative(Formula u) {
    Formula f = u.apply(this);
    return switch (this) {
      case NEGATE -> Formula.number(-1);
      case SQUARE -> u.times(2);
      case SQRT -> Formula.number(0.5).over(f);
      case EXP -> f;
      case LOG -> Formula.number(1).over(u);
      case LOG1P -> Formula.number(1).over(u.plus(1));
      case TANH -> Formula.number(1).minus(f.squared());
      case SIGMOID -> f.minus(f.squared());
      case SOFTPLUS -> u.apply(SIGMOID);
      case POSITIVE -> u.apply(STEP);
      case ABS -> u.apply(SIGN);
      case STEP, SIGN -> Formula.number(0);
    };
  }
}
