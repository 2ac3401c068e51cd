package org.sparkvae.tensor;

/**
 * Who writes a gradient first: several operations may contribute to one, and no pass has to clear
 * it.
 */
final class Contributions {
  private boolean begun;

  /**
   * A backward pass begins.
   *
   * @param written whether there is something in the gradient already
   */
  void start(boolean written) {
    begun = written;
  }

  /** The beta with which the caller, about to contribute, must write: 0 the first time, then 1. */
  double claim() {
    double beta = begun ? 1 : 0;
    begun = true;
    return beta;
  }
}
