package org.sparkvae.job.apply;

import java.io.Serializable;

/** What is done to an image that is to be denoised. */
public sealed interface Corruption extends Serializable permits SaltAndPepper, GaussianNoise {
  /**
   * A noisy copy of an image.
   *
   * @param key of its noise, from {@link org.sparkvae.noise.Noise#key}
   * @param values in [0, 1]
   * @return as many values in [0, 1], a fresh array
   */
  float[] of(long key, float[] values);
}
