package org.sparkvae.job.bench;

/**
 * Floating-point operations of the matrix products that a VAE cannot do without: pixels - hidden -
 * hidden - (mean, log-variance) and latent - hidden - hidden - pixels.
 *
 * <p>A product with a weight matrix costs 2 operations a weight and row. The derivatives by weights
 * and by inputs cost as much each; that by the image itself, which a trainer may leave out, is
 * counted like the others, so that every layer has three products.
 *
 * @param pixels of an image
 * @param hidden width of the hidden layers
 * @param latent dimensions of z
 */
record Arithmetic(int pixels, int hidden, int latent) {
  private static final double PER_WEIGHT = 2;
  private static final double PRODUCTS_OF_A_STEP = 3;
  private static final double PRODUCTS_OF_A_LEAPFROG_STEP = 2;

  /** Operations for one image in a training step with so many posterior samples. */
  double training(int samples) {
    return PRODUCTS_OF_A_STEP * evaluation(samples);
  }

  /** Operations for the log weights of so many posterior samples of one image. */
  double evaluation(int samples) {
    return PER_WEIGHT * (encoderWeights() + (double) samples * decoderWeights());
  }

  /**
   * Operations for so many leapfrog steps of one image's annealed chains, each of which needs the
   * derivative of p(x|z) by z.
   */
  double annealing(long steps) {
    return PER_WEIGHT * PRODUCTS_OF_A_LEAPFROG_STEP * steps * decoderWeights();
  }

  /** Operations for the posterior of one image. */
  double encoding() {
    return PER_WEIGHT * encoderWeights();
  }

  /** Operations for the image of one code. */
  double decoding() {
    return PER_WEIGHT * decoderWeights();
  }

  private long encoderWeights() {
    return (long) pixels * hidden + (long) hidden * hidden + 2L * hidden * latent;
  }

  private long decoderWeights() {
    return (long) latent * hidden + (long) hidden * hidden + (long) hidden * pixels;
  }
}
