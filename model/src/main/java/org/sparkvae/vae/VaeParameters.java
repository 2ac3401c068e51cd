package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Noise;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;

/**
 * The layout of a model's parameters in one flat vector, and their initial values.
 *
 * <p>The blocks, in order, weights [in, out] row by row: encoder.i.weight, encoder.i.bias for each
 * hidden layer i; posterior.weight, posterior.bias (means, then log-variances); decoder.i.weight,
 * decoder.i.bias; likelihood.weight, likelihood.bias, and for a Gaussian of one variance
 * likelihood.raw-variance.
 */
public final class VaeParameters {
  private VaeParameters() {}

  /** How many parameters a model has. */
  public static long count(VaeSpec spec) {
    return layout(spec).length();
  }

  /** Where each block lies. */
  public static ParameterLayout layout(VaeSpec spec) {
    return Vae.of(spec).layout();
  }

  /**
   * Initial values: Glorot-uniform weights (Glorot & Bengio, eq. 16) and zero biases, but for the
   * likelihood's, which starts at the mean training image.
   *
   * @param meanImage [pixels], values in [0, 1]
   * @param parameters the flat vector to set
   */
  public static void initialise(VaeSpec spec, long seed, float[] meanImage, INDArray parameters) {
    if (meanImage.length != spec.pixels()) {
      throw new IllegalArgumentException(
          "a mean image of " + meanImage.length + " values for " + spec.pixels() + " pixels");
    }
    Vae vae = Vae.of(spec);
    Parameters views = new Parameters(vae.layout(), parameters, null);
    Kernels kernels = Kernels.of(parameters);
    for (ParameterLayout.Block block : vae.layout().blocks()) {
      float[] values = new float[Math.toIntExact(block.length())];
      if (block.kind() == ParameterLayout.Kind.WEIGHT) {
        glorotUniform(block, seed, values);
      }
      kernels.copyIn(values, views.vector(block.name()).value());
    }
    vae.likelihood().initialise(kernels, views, meanImage);
  }

  private static void glorotUniform(ParameterLayout.Block block, long seed, float[] values) {
    long key = Noise.key(seed, Noise.Purpose.INITIALISATION, 0, block.offset());
    Noise.uniform(key, 0, values, 0, values.length);
    double limit = Math.sqrt(6.0 / (block.rows() + block.columns()));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (limit * (2.0 * values[i] - 1));
    }
  }
}
