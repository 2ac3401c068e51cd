package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.ParameterLayout;

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
    return new Vae(spec).layout();
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
    Kernels kernels = Kernels.of(parameters);
    ParameterLayout layout = layout(spec);
    for (ParameterLayout.Block block : layout.blocks()) {
      INDArray values =
          parameters
              .reshape(layout.length())
              .get(NDArrayIndex.interval(block.offset(), block.offset() + block.length()));
      kernels.copyIn(block.start().values(block, seed, meanImage), values);
    }
  }
}
