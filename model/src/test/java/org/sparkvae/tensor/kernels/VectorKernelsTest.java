package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agree;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.FloatSource;

/** The fused loops against plain ND4J in float64, on views with odd sizes and offsets. */
class VectorKernelsTest {
  private static final double EXACT = 3e-7;
  private static final double SUMMED = 3e-6;
  private static final double PRODUCT = 1e-5;
  private static final int[] WIDTHS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 50, 100};

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,5", "7,17,33", "20,50,100"})
  void multiplies(int m, int n, int k) {
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        for (double beta : new double[] {0, 1}) {
          agree(
              PRODUCT,
              (kernels, views) -> {
                INDArray a = ta ? views.normal(1, k, m) : views.normal(1, m, k);
                INDArray b = tb ? views.normal(1, n, k) : views.normal(1, k, n);
                INDArray c = target(views, beta, m, n);
                kernels.multiply(a, ta, b, tb, beta, c);
                return new double[][] {values(c)};
              });
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activates(Activation f) {
    for (int n : WIDTHS) {
      for (double scale : new double[] {0.1, 3, 30}) {
        agree(
            EXACT,
            (kernels, views) -> {
              INDArray a = views.normal(scale, 5, n);
              kernels.activate(a, views.normal(scale, n), f);
              return new double[][] {values(a)};
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activatesBackward(Activation f) {
    for (int n : WIDTHS) {
      for (double beta : new double[] {0, 1}) {
        agree(
            SUMMED,
            (kernels, views) -> {
              INDArray output = views.uniform(5, n).subi(f == Activation.SOFTPLUS ? 0 : 0.5);
              INDArray gradient = views.normal(1, 5, n);
              INDArray byBias = target(views, beta, n);
              kernels.activateBackward(output, gradient, f, beta, byBias);
              return new double[][] {values(gradient), values(byBias)};
            });
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "3,4"})
  void samplesGaussians(int images, int samples) {
    for (int n : WIDTHS) {
      int rows = images * samples;
      agree(
          EXACT,
          (kernels, views) -> {
            INDArray z = views.garbage(rows, n);
            kernels.gaussianSample(views.normal(2, images, 2 * n), views.normal(1, rows, n), z);
            return new double[][] {values(z)};
          });
      for (double beta : new double[] {0, 1}) {
        agree(
            SUMMED,
            (kernels, views) -> {
              INDArray gradient = target(views, beta, images, 2 * n);
              INDArray packed = views.normal(1, images, 2 * n);
              INDArray noise = views.normal(1, rows, n);
              kernels.gaussianSampleBackward(
                  packed, noise, views.normal(1, rows, n), beta, gradient);
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
      agree(
          EXACT,
          (kernels, views) -> {
            double[] out = new double[rows];
            INDArray packed = views.normal(1, images, 2 * n);
            kernels.gaussianSampleLogDensity(packed, views.normal(1, rows, n), out);
            return new double[][] {out};
          });
      for (double beta : new double[] {0, 1}) {
        agree(
            EXACT,
            (kernels, views) -> {
              INDArray gradient = target(views, beta, images, 2 * n);
              kernels.gaussianSampleLogDensityBackward(views.rows(rows), beta, gradient);
              return new double[][] {values(gradient)};
            });
      }
    }
  }

  @Test
  void findsStandardNormalDensities() {
    for (int n : WIDTHS) {
      agree(
          EXACT,
          (kernels, views) -> {
            double[] out = new double[5];
            kernels.standardNormalLogDensity(views.normal(1, 5, n), out);
            return new double[][] {out};
          });
      for (double beta : new double[] {0, 1}) {
        agree(
            EXACT,
            (kernels, views) -> {
              INDArray gradient = target(views, beta, 5, n);
              INDArray z = views.normal(1, 5, n);
              kernels.standardNormalLogDensityBackward(z, views.rows(5), beta, gradient);
              return new double[][] {values(gradient)};
            });
      }
    }
  }

  @Test
  void findsStandardNormalDivergences() {
    for (int n : WIDTHS) {
      agree(
          SUMMED,
          (kernels, views) -> {
            double[] out = new double[5];
            kernels.standardNormalKl(views.normal(1, 5, 2 * n), out);
            return new double[][] {out};
          });
      for (double beta : new double[] {0, 1}) {
        agree(
            SUMMED,
            (kernels, views) -> {
              INDArray gradient = target(views, beta, 5, 2 * n);
              INDArray packed = views.normal(1, 5, 2 * n);
              kernels.standardNormalKlBackward(packed, views.rows(5), beta, gradient);
              return new double[][] {values(gradient)};
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
        agree(
            SUMMED,
            (kernels, views) -> {
              INDArray x = views.uniform(2, pixels);
              INDArray logits = views.normal(scale, 2L * samples, pixels);
              INDArray bias = views.normal(1, pixels);
              INDArray residual = views.garbage(2L * samples, pixels);
              double[] out = new double[2 * samples];
              double[] again = new double[2 * samples];
              kernels.bernoulliLogLikelihood(x, logits, bias, out, null);
              kernels.bernoulliLogLikelihood(x, logits, bias, again, residual);
              assertThat(again).isEqualTo(out);
              kernels.bernoulliLogLikelihood(x, logits, bias, again, logits);
              assertThat(values(logits)).isEqualTo(values(residual));
              return new double[][] {out, values(residual)};
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 17, 33, 50, 784})
  void scoresGaussians(int pixels) {
    for (int samples : new int[] {1, 3}) {
      agree(
          SUMMED,
          (kernels, views) -> {
            INDArray x = views.uniform(2, pixels);
            INDArray packed = views.normal(1, 2L * samples, 2L * pixels);
            INDArray residual = views.garbage(2L * samples, 2L * pixels);
            double[] out = new double[2 * samples];
            double[] again = new double[2 * samples];
            kernels.gaussianLogLikelihood(x, packed, 1e-2, out, null);
            kernels.gaussianLogLikelihood(x, packed, 1e-2, again, residual);
            assertThat(again).isEqualTo(out);
            kernels.gaussianLogLikelihood(x, packed, 1e-2, again, packed);
            assertThat(values(packed)).isEqualTo(values(residual));
            return new double[][] {out, values(residual)};
          });
      agree(
          SUMMED,
          (kernels, views) -> {
            INDArray x = views.uniform(2, pixels);
            INDArray means = views.normal(1, 2L * samples, pixels);
            INDArray raw = views.normal(1, 1);
            INDArray residual = views.garbage(2L * samples, pixels);
            double[] out = new double[2 * samples];
            double[] again = new double[2 * samples];
            double[] byRaw = new double[2 * samples];
            kernels.gaussianSharedLogLikelihood(x, means, raw, 1e-2, out, null, null);
            kernels.gaussianSharedLogLikelihood(x, means, raw, 1e-2, again, residual, byRaw);
            assertThat(again).isEqualTo(out);
            return new double[][] {out, values(residual), byRaw};
          });
    }
  }

  @Test
  void updatesWholeArrays() {
    for (int n : WIDTHS) {
      agree(
          EXACT,
          (kernels, views) -> {
            INDArray a = views.normal(1, 5, n);
            kernels.scaleRows(a, views.rows(5));
            INDArray y = views.normal(1, n);
            kernels.addScaled(-0.3, views.normal(1, n), y);
            double squares = kernels.sumOfSquares(views.normal(1, n));
            INDArray p = views.normal(1, n);
            INDArray velocity = views.normal(1, n);
            kernels.momentum(p, views.normal(1, n), velocity, 0.1, 0.9);
            return new double[][] {values(a), values(y), {squares}, values(p), values(velocity)};
          });
    }
  }

  @Test
  void stepsLikeAdam() {
    for (int n : WIDTHS) {
      agree(
          EXACT,
          (kernels, views) -> {
            INDArray p = views.normal(1, n);
            INDArray first = views.normal(1, n);
            INDArray second = views.uniform(n);
            for (int t = 1; t <= 3; t++) {
              double correction1 = 1 - Math.pow(0.9, t);
              double correction2 = 1 - Math.pow(0.999, t);
              INDArray g = views.normal(1, n);
              kernels.adam(p, g, first, second, 1e-3, 0.9, 0.999, 1e-4, correction1, correction2);
            }
            return new double[][] {values(p), values(first), values(second)};
          });
    }
  }

  @Test
  void copiesInAndOut() {
    agree(
        0,
        (kernels, views) -> {
          INDArray array = views.garbage(3, 7);
          float[] host = new float[25];
          for (int i = 0; i < host.length; i++) {
            host[i] = i;
          }
          kernels.copyIn(host, array);
          float[] back = new float[25];
          kernels.copyOut(array, back);
          assertThat(back[20]).isEqualTo(20f);
          assertThat(back[21]).isZero();
          return new double[][] {values(array)};
        });
  }

  @Test
  void givesTheValuesOfAnArrayInPieces() {
    agree(
        0,
        (kernels, views) -> {
          INDArray array = views.normal(1, 5, 9);
          float[] whole = new float[45];
          kernels.copyOut(array, whole);
          FloatSource source = kernels.source(array);
          float[] pieces = new float[47];
          for (int from = 0; from < 45; from += 20) {
            source.read(from, pieces, from + 1, Math.min(20, 45 - from));
          }
          assertThat(Arrays.copyOfRange(pieces, 1, 46)).isEqualTo(whole);
          assertThat(pieces[0]).isZero();
          assertThat(pieces[46]).isZero();
          return new double[][] {values(array)};
        });
  }

  private static INDArray target(Views views, double beta, long... shape) {
    return beta == 0 ? views.garbage(shape) : views.normal(1, shape);
  }
}
