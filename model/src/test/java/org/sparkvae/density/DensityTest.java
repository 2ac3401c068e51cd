package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;

/** Formulas against sums and quadrature: each density integrates to 1, each KL is its integral. */
class DensityTest {
  private static final double MEAN = 0.7;
  private static final double LOG_VARIANCE = -0.8;

  private static double[] values(int images, Function<Replay, Rows> density) {
    Kernels plain = Kernels.of(Nd4j.create(DataType.DOUBLE, 1));
    Replay replay = new Replay(plain, images, 1);
    return replay.value(density.apply(replay));
  }

  private static double[] bernoulli(double[][] x, double[] logits, double[] bias) {
    return values(
        x.length,
        replay ->
            BernoulliLogLikelihood.of(
                replay.recorder(),
                replay.constant(Nd4j.createFromArray(x)),
                replay.constant(repeated(x.length, logits)),
                replay.vector("bias", Nd4j.createFromArray(bias), null, 0)));
  }

  @Test
  void bernoulliSumsToOneOverAllImages() {
    int pixels = 5;
    double[][] images = new double[1 << pixels][pixels];
    for (int image = 0; image < images.length; image++) {
      for (int d = 0; d < pixels; d++) {
        images[image][d] = image >> d & 1;
      }
    }
    double[] logits = {0.3, -1.2, 4.0, -0.1, 0.7};
    double[] values = bernoulli(images, logits, new double[] {0.5, -0.5, 1.0, 0.0, -2.0});
    assertThat(Arrays.stream(values).map(Math::exp).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void bernoulliStaysExactForLargeLogits() {
    double[] value =
        bernoulli(new double[][] {{1, 0, 0}}, new double[] {800, -800, 800}, new double[3]);
    assertThat(value[0]).isCloseTo(-800, within(1e-9));
  }

  private static double[] gaussian(double[][] x, double minVariance, double... packed) {
    return values(
        x.length,
        replay ->
            GaussianLogLikelihood.of(
                replay.recorder(),
                replay.constant(Nd4j.createFromArray(x)),
                replay.constant(repeated(x.length, packed)),
                minVariance));
  }

  @Test
  void gaussianPerPixelIntegratesToOne() {
    double integral =
        integrate(x -> exp(gaussian(column(x), 0.01, 0.4, -0.3)), -8, 9); // mean, raw variance
    assertThat(integral).isCloseTo(1, within(1e-9));
  }

  @Test
  void gaussianOfOneVarianceEqualsThatWithAVariancePerPixel() {
    double[][] x = {{0.1, 0.9}};
    double[] shared =
        values(
            1,
            replay ->
                GaussianSharedLogLikelihood.of(
                    replay.recorder(),
                    replay.constant(Nd4j.createFromArray(x)),
                    replay.constant(repeated(1, 0.2, 0.4)),
                    replay.vector("raw", Nd4j.createFromArray(-1.5), null, 0),
                    0.02));
    assertThat(shared[0]).isCloseTo(gaussian(x, 0.02, 0.2, 0.4, -1.5, -1.5)[0], within(1e-12));
  }

  @Test
  void standardNormalIntegratesToOne() {
    assertThat(integrate(z -> exp(standardNormal(z)), -12, 12)).isCloseTo(1, within(1e-9));
  }

  @Test
  void sampleLogDensityIsTheGaussiansAtTheSample() {
    INDArray z = Nd4j.create(DataType.DOUBLE, 1, 1);
    double[] value =
        values(
            1,
            replay -> {
              Matrix packed = replay.constant(repeated(1, MEAN, LOG_VARIANCE));
              Matrix noise = replay.constant(repeated(1, 1.3));
              replay.bind(GaussianSample.of(replay.recorder(), packed, noise), z, null);
              return GaussianSampleLogDensity.of(replay.recorder(), packed, noise);
            });
    assertThat(z.getDouble(0)).isCloseTo(MEAN + Math.exp(LOG_VARIANCE / 2) * 1.3, within(1e-12));
    assertThat(value[0]).isCloseTo(posterior(z.getDouble(0)), within(1e-12));
  }

  @Test
  void klIsTheIntegralOfItsDefinition() {
    double[] kl =
        values(
            1,
            replay ->
                StandardNormalKl.of(
                    replay.recorder(), replay.constant(repeated(1, MEAN, LOG_VARIANCE))));
    double integral =
        integrate(
            z -> {
              double[] prior = standardNormal(z);
              double[] terms = new double[z.length];
              for (int i = 0; i < z.length; i++) {
                double logPosterior = posterior(z[i]);
                terms[i] = Math.exp(logPosterior) * (logPosterior - prior[i]);
              }
              return terms;
            },
            -12,
            12);
    assertThat(kl[0]).isCloseTo(integral, within(1e-9));
  }

  private static double[] standardNormal(double[] z) {
    return values(
        z.length,
        replay ->
            StandardNormalLogDensity.of(
                replay.recorder(), replay.constant(Nd4j.createFromArray(column(z)))));
  }

  private static double posterior(double z) {
    double scaled = (z - MEAN) * (z - MEAN) / Math.exp(LOG_VARIANCE);
    return -0.5 * (Math.log(2 * Math.PI) + LOG_VARIANCE + scaled);
  }

  /** Simpson's rule. */
  private static double integrate(Function<double[], double[]> f, double from, double to) {
    int n = 4000;
    double h = (to - from) / n;
    double[] points = new double[n + 1];
    Arrays.setAll(points, i -> from + i * h);
    double[] values = f.apply(points);
    double sum = values[0] + values[n];
    for (int i = 1; i < n; i++) {
      sum += values[i] * (i % 2 == 0 ? 2 : 4);
    }
    return sum * h / 3;
  }

  private static double[] exp(double[] values) {
    return Arrays.stream(values).map(Math::exp).toArray();
  }

  private static double[][] column(double[] values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  private static INDArray repeated(int rows, double... row) {
    double[][] all = new double[rows][];
    Arrays.fill(all, row);
    return Nd4j.createFromArray(all);
  }
}
