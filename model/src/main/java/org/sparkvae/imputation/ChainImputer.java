package org.sparkvae.imputation;

import java.util.Optional;
import org.sparkvae.noise.Noise;

/** Imputes by chains, all of an image at a time. */
final class ChainImputer implements Imputer {
  private final ChainSteps steps;
  private final int pseudo;
  private final int warmUp;
  private final int counted;

  /**
   * By some steps.
   *
   * @param pseudo steps at first, which find the region
   * @param warmUp steps before the mean is taken
   * @param counted steps that the mean is taken over
   */
  ChainImputer(ChainSteps steps, int pseudo, int warmUp, int counted) {
    this.steps = steps;
    this.pseudo = pseudo;
    this.warmUp = warmUp;
    this.counted = counted;
  }

  @Override
  public Imputed of(float[] image, boolean[] missing, long seed, long id) {
    float[][] chains = Missing.filled(image, missing, steps.chains());
    steps.begin();
    int number = 0;
    for (int i = 0; i < pseudo; i++) {
      steps.pseudoStep(chains, missing, key(seed, id, number++));
    }
    double[] sums = new double[image.length];
    for (int i = 0; i < warmUp + counted; i++) {
      steps.step(chains, missing, key(seed, id, number++));
      if (i >= warmUp) {
        add(steps.means(), sums);
      }
    }
    float[] mean = image.clone();
    for (int d = 0; d < mean.length; d++) {
      if (missing[d]) {
        mean[d] = (float) (sums[d] / ((double) counted * steps.chains()));
      }
    }
    for (float[] chain : chains) {
      Missing.clipped(chain);
    }
    double acceptance = steps.accepted();
    return new Imputed(
        Missing.clipped(mean),
        chains,
        Optional.empty(),
        Double.isNaN(acceptance) ? Optional.empty() : Optional.of(acceptance));
  }

  private static void add(float[][] means, double[] sums) {
    for (float[] mean : means) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += mean[d];
      }
    }
  }

  static long key(long seed, long id, int step) {
    return Noise.key(seed, Noise.Purpose.IMPUTATION, step + 1L, id);
  }
}
