package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agreeInEveryForm;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Views;

/**
 * The fused loops of densities, and their formulas in blocks, against the formulas on plain ND4J in
 * float64, on views with odd sizes and offsets.
 */
class VectorDensitiesTest {
  private static final double EXACT = 3e-7;
  private static final double SUMMED = 3e-6;
  private static final int[] WIDTHS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 50, 100};

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "3,4"})
  void samplesGaussians(int images, int samples) {
    for (int n : WIDTHS) {
      int rows = images * samples;
      agreeInEveryForm(
          EXACT,
          SUMMED,
          (kernels, views) -> {
            Replay replay = new Replay(kernels, images, samples);
            Matrix packed = replay.constant(views.normal(2, images, 2L * n));
            Matrix noise = replay.constant(views.normal(1, rows, n));
            INDArray z = views.garbage(rows, n);
            replay.bind(GaussianSample.of(replay.recorder(), packed, noise), z, null);
            replay.forward();
            return new double[][] {values(z)};
          });
      for (double beta : new double[] {0, 1}) {
        agreeInEveryForm(
            SUMMED,
            SUMMED,
            (kernels, views) -> {
              Replay replay = new Replay(kernels, images, samples);
              INDArray gradient = target(views, beta, images, 2L * n);
              Matrix packed = replay.matrix(views.normal(1, images, 2L * n), gradient, beta);
              Matrix noise = replay.constant(views.normal(1, rows, n));
              Matrix z = GaussianSample.of(replay.recorder(), packed, noise);
              replay.bind(z, views.garbage(rows, n), views.normal(1, rows, n));
              replay.forward();
              replay.backward();
              return new double[][] {values(gradient)};
            });
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "3,4"})
  void findsSampleDensities(int images, int samples) {
    for (int n : WIDTHS) {
      int rows = images * samples;
      for (double beta : new double[] {0, 1}) {
        agreeInEveryForm(
            EXACT,
            SUMMED,
            (kernels, views) -> {
              Replay replay = new Replay(kernels, images, samples);
              INDArray gradient = target(views, beta, images, 2L * n);
              Matrix packed = replay.matrix(views.normal(1, images, 2L * n), gradient, beta);
              Matrix noise = replay.constant(views.normal(1, rows, n));
              Rows out = GaussianSampleLogDensity.of(replay.recorder(), packed, noise);
              double[] value = replay.differentiate(out, views.rows(rows));
              return new double[][] {value, values(gradient)};
            });
      }
    }
  }

  @Test
  void findsStandardNormalDensities() {
    for (int n : WIDTHS) {
      for (double beta : new double[] {0, 1}) {
        agreeInEveryForm(
            EXACT,
            SUMMED,
            (kernels, views) -> {
              Replay replay = new Replay(kernels, 5, 1);
              INDArray gradient = target(views, beta, 5, n);
              Matrix z = replay.matrix(views.normal(1, 5, n), gradient, beta);
              Rows out = StandardNormalLogDensity.of(replay.recorder(), z);
              double[] value = replay.differentiate(out, views.rows(5));
              return new double[][] {value, values(gradient)};
            });
      }
    }
  }

  @Test
  void findsStandardNormalDivergences() {
    for (int n : WIDTHS) {
      for (double beta : new double[] {0, 1}) {
        agreeInEveryForm(
            SUMMED,
            SUMMED,
            (kernels, views) -> {
              Replay replay = new Replay(kernels, 5, 1);
              INDArray gradient = target(views, beta, 5, 2L * n);
              Matrix packed = replay.matrix(views.normal(1, 5, 2L * n), gradient, beta);
              Rows out = StandardNormalKl.of(replay.recorder(), packed);
              double[] value = replay.differentiate(out, views.rows(5));
              return new double[][] {value, values(gradient)};
            });
      }
    }
  }

  /** Wide enough at the end for more than one run of 64 factors. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 33, 50, 784, 1023, 1024, 1025, 3072})
  void scoresBernoullis(int pixels) {
    for (int samples : new int[] {1, 3}) {
      for (double scale : new double[] {1, 20}) {
        agreeInEveryForm(
            SUMMED,
            SUMMED,
            (kernels, views) -> {
              INDArray x = views.uniform(2, pixels);
              INDArray logits = views.normal(scale, 2L * samples, pixels);
              INDArray residual = views.garbage(2L * samples, pixels);
              INDArray bias = views.normal(1, pixels);
              INDArray byBias = views.garbage(pixels);
              double[] row = views.rows(2 * samples);
              double[] out = bernoulli(kernels, x, logits, null, bias, byBias, row);
              assertThat(bernoulli(kernels, x, logits, residual, bias, byBias, row)).isEqualTo(out);
              assertThat(bernoulli(kernels, x, logits, logits, bias, byBias, row)).isEqualTo(out);
              assertThat(values(logits)).isEqualTo(values(residual));
              return new double[][] {out, values(residual), values(byBias)};
            });
      }
    }
  }

  private static double[] bernoulli(
      Kernels kernels,
      INDArray x,
      INDArray logits,
      INDArray residual,
      INDArray bias,
      INDArray byBias,
      double[] row) {
    Replay replay = new Replay(kernels, 2, row.length / 2);
    Rows out =
        BernoulliLogLikelihood.of(
            replay.recorder(),
            replay.constant(x),
            replay.matrix(logits, residual, 0),
            replay.vector("bias", bias, byBias, 0));
    return residual == null ? replay.value(out) : replay.differentiate(out, row);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 33, 50, 784})
  void scoresGaussians(int pixels) {
    for (int samples : new int[] {1, 3}) {
      agreeInEveryForm(
          SUMMED,
          SUMMED,
          (kernels, views) -> {
            INDArray x = views.uniform(2, pixels);
            INDArray packed = views.normal(1, 2L * samples, 2L * pixels);
            INDArray residual = views.garbage(2L * samples, 2L * pixels);
            double[] row = views.rows(2 * samples);
            double[] out = gaussian(kernels, x, packed, null, row);
            assertThat(gaussian(kernels, x, packed, residual, row)).isEqualTo(out);
            return new double[][] {out, values(residual)};
          });
    }
  }

  private static double[] gaussian(
      Kernels kernels, INDArray x, INDArray packed, INDArray residual, double[] row) {
    Replay replay = new Replay(kernels, 2, row.length / 2);
    Rows out =
        GaussianLogLikelihood.of(
            replay.recorder(), replay.constant(x), replay.matrix(packed, residual, 0), 1e-2);
    return residual == null ? replay.value(out) : replay.differentiate(out, row);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 33, 50, 784})
  void scoresGaussiansOfOneVariance(int pixels) {
    for (int samples : new int[] {1, 3}) {
      for (double beta : new double[] {0, 1}) {
        agreeInEveryForm(
            SUMMED,
            SUMMED,
            (kernels, views) -> {
              INDArray x = views.uniform(2, pixels);
              INDArray means = views.normal(1, 2L * samples, pixels);
              INDArray residual = views.garbage(2L * samples, pixels);
              INDArray raw = views.normal(1, 1);
              INDArray byRaw = target(views, beta, 1);
              double[] row = views.rows(2 * samples);
              Replay values = new Replay(kernels, 2, samples);
              double[] out =
                  values.value(
                      GaussianSharedLogLikelihood.of(
                          values.recorder(),
                          values.constant(x),
                          values.constant(means),
                          values.vector("raw", raw, null, 0),
                          1e-2));
              Replay replay = new Replay(kernels, 2, samples);
              Rows again =
                  GaussianSharedLogLikelihood.of(
                      replay.recorder(),
                      replay.constant(x),
                      replay.matrix(means, residual, 0),
                      replay.vector("raw", raw, byRaw, beta),
                      1e-2);
              assertThat(replay.differentiate(again, row)).isEqualTo(out);
              return new double[][] {out, values(residual), values(byRaw)};
            });
      }
    }
  }

  private static INDArray target(Views views, double beta, long... shape) {
    return beta == 0 ? views.garbage(shape) : views.normal(1, shape);
  }
}
