package org.sparkvae.tensor;

/**
 * A float64 value per row on the tape, in nats: a log-density or a divergence.
 *
 * <p>Between the forward and the backward pass, whoever computes the loss sets {@link #gradient}.
 */
public final class Rows {
  private final double[] value;
  private final double[] gradient;

  Rows(int rows) {
    value = new double[rows];
    gradient = new double[rows];
  }

  /** The values, [rows], not a copy. */
  public double[] value() {
    return value;
  }

  /** The derivatives of the loss by the values, [rows], not a copy. */
  public double[] gradient() {
    return gradient;
  }
}
