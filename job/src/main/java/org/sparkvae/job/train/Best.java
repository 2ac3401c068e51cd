package org.sparkvae.job.train;

/**
 * The best validation so far.
 *
 * @param epoch of the best; 0 where there was none yet
 * @param bound the best, nats per image
 * @param withoutGain validations since then
 */
record Best(int epoch, double bound, int withoutGain) {
  /** Before any validation. */
  static final Best NONE = new Best(0, Double.NEGATIVE_INFINITY, 0);

  /** After one more validation; only a higher bound is a gain. */
  Best after(int validated, double validationBound) {
    return validationBound > bound
        ? new Best(validated, validationBound, 0)
        : new Best(epoch, bound, withoutGain + 1);
  }

  /** After one more validation while the KL weight grows: no gain is no reason to stop yet. */
  Best duringWarmUp(int validated, double validationBound) {
    return validationBound > bound ? after(validated, validationBound) : this;
  }

  /**
   * Whether training ends with the network of an epoch, as far as is known after it.
   *
   * @param last whether it is the last epoch
   */
  boolean endsWith(int validated, int patience, boolean last) {
    return patience > 0 && epoch > 0 ? epoch == validated : last;
  }

  /** Whether patience is at an end; patience 0 never is. */
  boolean exhausts(int patience) {
    return patience > 0 && withoutGain >= patience;
  }
}
