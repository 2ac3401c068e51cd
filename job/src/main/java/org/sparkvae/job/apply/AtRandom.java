package org.sparkvae.job.apply;

import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;

/**
 * Each pixel is missing by chance, whatever the others are and whatever it holds.
 *
 * @param fraction of the pixels, about
 */
public record AtRandom(
    @Setting(says = "The fraction of missing pixels.", otherwise = "0.5", above = 0, most = 1)
        double fraction)
    implements MissingPixels {
  @Override
  public boolean[] of(Shape shape, byte[] mask, long key) {
    float[] uniform = new float[shape.height() * shape.width()];
    Noise.uniform(key, 0, uniform, 0, uniform.length);
    boolean[] missing = new boolean[uniform.length];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = uniform[i] < fraction;
    }
    return missing;
  }
}
