package org.sparkvae.estimator;

/**
 * The mean log-weight of the image's other samples (Mnih & Rezende, 2016, eq. 4), or where there is
 * one sample, that of the other images of the minibatch.
 */
public record OtherSamples() implements Baseline {
  @Override
  public Signals signals(int images, int samples) {
    return (logWeights, byLogWeight) -> signals(images, samples, logWeights);
  }

  private static double[] signals(int images, int samples, double[] logWeights) {
    double all = 0;
    double[] ofImages = new double[images];
    for (int r = 0; r < logWeights.length; r++) {
      ofImages[r % images] += logWeights[r];
      all += logWeights[r];
    }
    double[] signals = new double[logWeights.length];
    for (int r = 0; r < logWeights.length; r++) {
      double others = samples > 1 ? ofImages[r % images] : all;
      int count = samples > 1 ? samples - 1 : images - 1;
      double baseline = count > 0 ? (others - logWeights[r]) / count : 0;
      signals[r] = logWeights[r] - baseline;
    }
    return signals;
  }
}
