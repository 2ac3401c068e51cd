package org.sparkvae.bound;

/** A lower bound on log p(x) from log-weights of samples. */
public sealed interface Bound permits Elbo, ImportanceWeighted {

  /**
   * The bound of each image, and the derivative of it by each log-weight.
   *
   * @param logWeights log p(x|z) + log p(z) - log q(z|x), [samples * images], sample-major, nats
   * @param values set to the bound of each image, [images], nats
   * @param weights set to the derivative by each log-weight, [samples * images]; an image's sum to
   *     1
   */
  void apply(double[] logWeights, double[] values, double[] weights);

  /** The bound of a spec. */
  static Bound of(BoundSpec spec) {
    return spec instanceof BoundSpec.ImportanceWeighted ? new ImportanceWeighted() : new Elbo();
  }
}
