package org.sparkvae.job.bench;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The rate of float32 matrix products, through the same kernel as the model's: on one core, or on
 * the GPU that the calling thread is bound to.
 *
 * @param m rows of the left matrix
 * @param k its columns
 * @param n columns of the right matrix
 */
record Sgemm(int m, int k, int n) {
  private static final int ROUNDS = 25;

  /** Rounds of products before those that are measured. */
  private static final int WARM_UP = 5;

  /** Products of a round, at most. */
  private static final int PRODUCTS = 200;

  /** Operations of a round, at most, where a product has fewer. */
  private static final double OPERATIONS = PRODUCTS * 2.0 * 100 * 784 * 200;

  private static final double GIGA = 1e9;

  /** Measures the rate: the median of some rounds of products, in GFLOP/s. */
  double gigaflops() {
    return gigaflops(ROUNDS);
  }

  /** Measures the rate by so many rounds. */
  double gigaflops(int rounds) {
    INDArray a = Nd4j.rand(DataType.FLOAT, m, k);
    INDArray b = Nd4j.rand(DataType.FLOAT, k, n);
    INDArray c = Nd4j.create(DataType.FLOAT, m, n);
    Kernels kernels = Kernels.of(c);
    double operations = 2.0 * m * k * n;
    int products = (int) Math.max(1, Math.min(PRODUCTS, OPERATIONS / operations));
    run(kernels, a, b, c, WARM_UP * products);
    double[] seconds =
        IntStream.range(0, rounds).mapToDouble(r -> run(kernels, a, b, c, products)).toArray();
    return operations * products / Spread.of(seconds).median() / GIGA;
  }

  private static double run(Kernels kernels, INDArray a, INDArray b, INDArray c, int products) {
    long start = System.nanoTime();
    for (int i = 0; i < products; i++) {
      kernels.multiply(a, false, b, false, 0, c);
    }
    // Where a device computes, it waits for it.
    kernels.share(c);
    return (System.nanoTime() - start) / 1e9;
  }
}
