package org.sparkvae.tensor;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.sparkvae.noise.Noise;

/** What a block of parameters starts from. */
public sealed interface Start {

  /**
   * The values of a block, row by row.
   *
   * @param seed of the run
   * @param meanImage the mean training image, values in [0, 1]
   */
  float[] values(ParameterLayout.Block block, long seed, float[] meanImage);

  /**
   * Uniform within sqrt(6 / (in + out)) of 0 (Glorot & Bengio, eq. 16), keyed by the block's
   * offset.
   */
  record Glorot() implements Start {
    @Override
    public float[] values(ParameterLayout.Block block, long seed, float[] meanImage) {
      float[] values = new float[Math.toIntExact(block.length())];
      long key = Noise.key(seed, Noise.Purpose.INITIALISATION, 0, block.offset());
      Noise.uniform(key, 0, values, 0, values.length);
      double limit = Math.sqrt(6.0 / (block.rows() + block.columns()));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2.0 * values[i] - 1));
      }
      return values;
    }
  }

  /**
   * Normal of variance 2 / in (He et al., "Delving deep into rectifiers", 2015, eq. 10), keyed by
   * the block's offset.
   */
  record He() implements Start {
    @Override
    public float[] values(ParameterLayout.Block block, long seed, float[] meanImage) {
      float deviation = (float) Math.sqrt(2.0 / block.rows());
      return new Scattered(new Constant(0), deviation).values(block, seed, meanImage);
    }
  }

  /** One value throughout. */
  record Constant(float value) implements Start {
    @Override
    public float[] values(ParameterLayout.Block block, long seed, float[] meanImage) {
      float[] values = new float[Math.toIntExact(block.length())];
      Arrays.fill(values, value);
      return values;
    }
  }

  /**
   * A function of the mean training image.
   *
   * @param of from the image's values to the block's
   */
  record OfMeanImage(UnaryOperator<float[]> of) implements Start {
    @Override
    public float[] values(ParameterLayout.Block block, long seed, float[] meanImage) {
      return of.apply(meanImage);
    }
  }

  /**
   * Another start, and to each value normal noise, keyed by the block's offset.
   *
   * @param around the other start
   * @param deviation standard deviation of the noise
   */
  record Scattered(Start around, float deviation) implements Start {
    @Override
    public float[] values(ParameterLayout.Block block, long seed, float[] meanImage) {
      float[] values = around.values(block, seed, meanImage);
      float[] noise = new float[values.length];
      long key = Noise.key(seed, Noise.Purpose.INITIALISATION, 0, block.offset());
      Noise.normal(key, 0, noise, 0, noise.length);
      for (int i = 0; i < values.length; i++) {
        values[i] += deviation * noise[i];
      }
      return values;
    }
  }
}
