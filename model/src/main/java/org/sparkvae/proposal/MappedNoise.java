package org.sparkvae.proposal;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.host.FloatRows;
import org.sparkvae.tensor.NoiseBuffers;
import org.sparkvae.tensor.kernels.Kernels;

/** Maps the noise of one image's samples linearly, on buffers that are allocated once. */
final class MappedNoise {
  private final Kernels kernels;
  private final NoiseBuffers noise;
  private final int n;
  private final INDArray before;
  private final INDArray transposed;
  private final INDArray after;

  /**
   * Of a program's noise.
   *
   * @param parameters of whose type and backend the arrays are
   * @param rows samples drawn together
   */
  MappedNoise(NoiseBuffers noise, INDArray parameters, int rows) {
    this.kernels = Kernels.of(parameters);
    this.noise = noise;
    n = noise.normals();
    before = Nd4j.create(parameters.dataType(), new long[] {rows, n}, 'c');
    transposed = Nd4j.create(parameters.dataType(), new long[] {n, n}, 'c');
    after = before.like();
  }

  /** Takes a map, for the noise to come. */
  void set(NoiseFactor factor) {
    kernels.copyIn(factor.transposed(), transposed);
  }

  /**
   * Maps what was drawn, e = L u.
   *
   * @param logRatios log of the density of u over the standard normal's there, nats, which becomes
   *     that of e; for as many samples as were drawn
   */
  void map(NoiseFactor factor, double[] logRatios) {
    float[] host = noise.readNormals();
    double[] squares = squares(host, logRatios.length);
    for (int s = 0; s < logRatios.length; s++) {
      logRatios[s] -= factor.logDeterminant() + 0.5 * squares[s];
    }
    kernels.copyIn(host, before);
    kernels.multiply(before, false, transposed, false, 0, after);
    kernels.copyOut(after, host);
    noise.writeNormals();
    squares = squares(host, logRatios.length);
    for (int s = 0; s < logRatios.length; s++) {
      logRatios[s] += 0.5 * squares[s];
    }
  }

  private double[] squares(float[] host, int samples) {
    double[] squares = new double[samples];
    new FloatRows(host, 0, n, n).addSquares(squares);
    return squares;
  }
}
