package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agree;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    products(m, n, k).forEach(product -> agree(PRODUCT, product));
  }

  /** In parts of their columns, of which the last is cut short, or whole where rows are many. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "7,150,33", "16,128,100", "200,70,100"})
  void multipliesFewRows(int m, int n, int k) {
    Kernels forFewRows = new VectorKernels().forFewRows();
    products(m, n, k).forEach(product -> agree(forFewRows, PRODUCT, product));
  }

  /** Of op(a) [m, k] and op(b) [k, n], in every form. */
  private static List<KernelReferee.Call> products(int m, int n, int k) {
    List<KernelReferee.Call> products = new ArrayList<>();
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        for (double beta : new double[] {0, 1}) {
          products.add(
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
    return products;
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
              kernels.activateBackward(output, gradient, f);
              kernels.sumColumns(gradient, beta, byBias);
              return new double[][] {values(gradient), values(byBias)};
            });
      }
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
  void stepsLikeAdamax() {
    for (int n : WIDTHS) {
      agree(
          EXACT,
          (kernels, views) -> {
            INDArray p = views.normal(1, n);
            INDArray first = views.normal(1, n);
            INDArray norm = views.uniform(n);
            for (int t = 1; t <= 3; t++) {
              kernels.adamax(p, views.normal(1, n), first, norm, 1e-3, 0.9, 0.999, 1e-8);
            }
            return new double[][] {values(p), values(first), values(norm)};
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
