package org.sparkvae.tensor;

/**
 * A float64 value per row of a recording, in nats: a log-density or a divergence. It has memory
 * once a {@link Program} is made of the recording.
 *
 * <p>Between the forward and the backward pass, whoever computes the loss sets {@link #gradient} of
 * a program's results; operations add to it.
 */
public final class Rows implements Node {
  private final int count;
  private final Contributions contributions = new Contributions();
  private double[] value;
  private double[] gradient;

  Rows(int count) {
    this.count = count;
  }

  void bind() {
    value = new double[count];
    gradient = new double[count];
  }

  /** How many rows. */
  public int count() {
    return count;
  }

  /** The values, [rows], not a copy. */
  public double[] value() {
    return value;
  }

  /** The derivatives of the loss by the values, [rows], not a copy. */
  public double[] gradient() {
    return gradient;
  }

  /** What a program starts anew before a backward pass. */
  Contributions contributions() {
    return contributions;
  }

  /** The beta with which the caller, about to contribute to the gradient, must write: 0 or 1. */
  public double claim() {
    return contributions.claim();
  }
}
