package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Densities against sums and quadrature: each integrates to 1, each KL is its own integral. */
class DensityTest {
  private final Kernels kernels = new Nd4jKernels();

  @Test
  void bernoulliSumsToOneOverAllImages() {
    int pixels = 5;
    INDArray logits = row(0.3, -1.2, 4.0, -0.1, 0.7);
    INDArray bias = Nd4j.createFromArray(0.5, -0.5, 1.0, 0.0, -2.0);
    double total = 0;
    for (int image = 0; image < 1 << pixels; image++) {
      double[] x = new double[pixels];
      for (int d = 0; d < pixels; d++) {
        x[d] = image >> d & 1;
      }
      double[] out = new double[1];
      kernels.bernoulliLogLikelihood(row(x), logits, bias, out, null);
      total += Math.exp(out[0]);
    }
    assertThat(total).isCloseTo(1, within(1e-12));
  }

  @Test
  void bernoulliStaysExactForLargeLogits() {
    double[] out = new double[1];
    kernels.bernoulliLogLikelihood(
        row(1, 0, 0), row(800, -800, 800), Nd4j.createFromArray(0.0, 0.0, 0.0), out, null);
    assertThat(out[0]).isCloseTo(-800, within(1e-9));
  }

  @Test
  void gaussianPerPixelIntegratesToOne() {
    INDArray packed = row(0.4, -0.3); // a mean and a raw variance
    double integral =
        integrate(
            x -> {
              double[] out = new double[1];
              kernels.gaussianLogLikelihood(row(x), packed, 0.01, out, null);
              return Math.exp(out[0]);
            },
            -8,
            9);
    assertThat(integral).isCloseTo(1, within(1e-9));
  }

  @Test
  void gaussianOfOneVarianceEqualsThatWithAVariancePerPixel() {
    double[] perPixel = new double[1];
    double[] shared = new double[1];
    INDArray x = row(0.1, 0.9);
    kernels.gaussianLogLikelihood(x, row(0.2, 0.4, -1.5, -1.5), 0.02, perPixel, null);
    kernels.gaussianSharedLogLikelihood(
        x, row(0.2, 0.4), Nd4j.createFromArray(-1.5), 0.02, shared, null, null);
    assertThat(shared[0]).isCloseTo(perPixel[0], within(1e-12));
  }

  @Test
  void standardNormalIntegratesToOne() {
    double integral = integrate(z -> Math.exp(standardNormal(z)), -12, 12);
    assertThat(integral).isCloseTo(1, within(1e-9));
  }

  @Test
  void sampleLogDensityIsTheGaussiansAtTheSample() {
    double mean = 0.7;
    double logVariance = -0.8;
    INDArray packed = row(mean, logVariance);
    INDArray noise = row(1.3);
    INDArray z = row(0);
    double[] out = new double[1];
    kernels.gaussianSample(packed, noise, z);
    kernels.gaussianSampleLogDensity(packed, noise, out);
    assertThat(z.getDouble(0)).isCloseTo(mean + Math.exp(logVariance / 2) * 1.3, within(1e-12));
    assertThat(out[0]).isCloseTo(gaussian(z.getDouble(0), mean, logVariance), within(1e-12));
  }

  @Test
  void klIsTheIntegralOfItsDefinition() {
    double mean = 0.7;
    double logVariance = -0.8;
    double[] out = new double[1];
    kernels.standardNormalKl(row(mean, logVariance), out);
    double integral =
        integrate(
            z -> {
              double logPosterior = gaussian(z, mean, logVariance);
              return Math.exp(logPosterior) * (logPosterior - standardNormal(z));
            },
            -12,
            12);
    assertThat(out[0]).isCloseTo(integral, within(1e-9));
  }

  private double standardNormal(double z) {
    double[] out = new double[1];
    kernels.standardNormalLogDensity(row(z), out);
    return out[0];
  }

  private static double gaussian(double z, double mean, double logVariance) {
    double scaled = (z - mean) * (z - mean) / Math.exp(logVariance);
    return -0.5 * (Math.log(2 * Math.PI) + logVariance + scaled);
  }

  /** Simpson's rule. */
  private static double integrate(DoubleUnaryOperator f, double from, double to) {
    int n = 4000;
    double h = (to - from) / n;
    double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
    for (int i = 1; i < n; i++) {
      sum += f.applyAsDouble(from + i * h) * (i % 2 == 0 ? 2 : 4);
    }
    return sum * h / 3;
  }

  private static INDArray row(double... values) {
    return Nd4j.createFromArray(values)
        .castTo(DataType.DOUBLE)
        .reshape('c', new long[] {1, values.length});
  }
}
