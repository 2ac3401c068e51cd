package org.sparkvae.job.apply;

import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;

/**
 * Gaussian noise is added to every value, which then is brought back to [0, 1].
 *
 * @param deviation standard deviation of the noise
 */
public record GaussianNoise(
    @Setting(
            says = "The noise's standard deviation, of values in [0, 1].",
            otherwise = "0.3",
            above = 0)
        double deviation)
    implements Corruption {
  @Override
  public float[] of(long key, float[] values) {
    float[] noise = new float[values.length];
    Noise.normal(key, 0, noise, 0, noise.length);
    for (int d = 0; d < noise.length; d++) {
      double noisy = values[d] + deviation * noise[d];
      noise[d] = (float) Math.min(1, Math.max(0, noisy));
    }
    return noise;
  }
}
