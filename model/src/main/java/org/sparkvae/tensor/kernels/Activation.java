package org.sparkvae.tensor.kernels;

/** The elementwise function after an affine map; each derivative is expressed in the output. */
public enum Activation {
  /** f(a) = a. */
  IDENTITY,
  /** f(a) = tanh a; f' = 1 - f^2. */
  TANH,
  /** f(a) = max(a, 0); f' = 1 where f is above 0. */
  RELU,
  /** f(a) = log(1 + e^a); f' = 1 - e^-f. */
  SOFTPLUS,
  /** f(a) = a above 0, e^a - 1 below; f' = 1 above 0, f + 1 below. */
  ELU,
  /**
   * f(a) = a above 0, a / 100 below; f' = 1 where f is above 0, 1 / 100 below (Maas et al., 2013).
   */
  LEAKY_RELU;

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final double LEAK = 0.01;
}
