package org.sparkvae.job.bench;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The rate of float32 matrix products on one core, through the same kernel as the model's.
 *
 * @param m rows of the left matrix
 * @param k its columns
 * @param n columns of the right matrix
 */
record Sgemm(int m, int k, int n) {
  private static final int WARM_UP = 1000;
  private static final int ROUNDS = 25;
  private static final int PRODUCTS = 200;
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
    run(kernels, a, b, c, WARM_UP);
    double[] seconds =
        IntStream.range(0, rounds).mapToDouble(r -> run(kernels, a, b, c, PRODUCTS)).toArray();
    return 2.0 * m * k * n * PRODUCTS / Spread.of(seconds).median() / GIGA;
  }

  private static double run(Kernels kernels, INDArray a, INDArray b, INDArray c, int products) {
    long start = System.nanoTime();
    for (int i = 0; i < products; i++) {
      kernels.multiply(a, false, b, false, 0, c);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
