package org.sparkvae.job.apply;

import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;

/**
 * Values become 0 or 1, each by the same chance, whatever they were.
 *
 * @param fraction of the values, about
 */
public record SaltAndPepper(
    @Setting(
            says = "The fraction of values that become 0 or 1.",
            otherwise = "0.2",
            above = 0,
            most = 1)
        double fraction)
    implements Corruption {
  @Override
  public float[] of(long key, float[] values) {
    float[] uniform = new float[values.length];
    Noise.uniform(key, 0, uniform, 0, uniform.length);
    float[] noisy = values.clone();
    for (int d = 0; d < noisy.length; d++) {
      if (uniform[d] < fraction) {
        noisy[d] = uniform[d] < fraction / 2 ? 0 : 1;
      }
    }
    return noisy;
  }
}
