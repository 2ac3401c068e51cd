package org.sparkvae.density.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.kernels.KernelReferee.agreeInEveryForm;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.density.levels.LogisticLogLikelihood.Affine;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.KernelReferee;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Views;

/**
 * The fused loops of discretised logistics, and their formulas in blocks, against the formulas on
 * plain ND4J in float64, on views with odd sizes and offsets.
 */
class VectorLogisticTest {
  private static final int ROWS = 6;

  /** Errors of x - m are multiplied by the precision, up to 33. */
  private static final double BY_SCALE = 2e-5;

  private static final LogScales BOUNDS = new LogScales(-3.5, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 17, 50, 784})
  void scoresLogistics(int pixels) {
    agreeInEveryForm(
        BY_SCALE,
        BY_SCALE,
        (kernels, views) -> {
          Arrays arrays = new Arrays(views, pixels);
          INDArray scale = views.normal(2, ROWS, pixels);
          INDArray byScale = views.garbage(ROWS, pixels);
          return arrays.found(
              kernels,
              (replay, differentiates) ->
                  LogisticLogLikelihood.of(
                      replay.recorder(),
                      replay.constant(arrays.x),
                      arrays.location(replay, differentiates),
                      new Affine(
                          replay.matrix(scale, differentiates ? byScale : null, 0),
                          arrays.raw(replay, differentiates)),
                      BOUNDS),
              byScale);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 17, 50, 784})
  void scoresLogisticsOfOneScale(int pixels) {
    agreeInEveryForm(
        BY_SCALE,
        BY_SCALE,
        (kernels, views) -> {
          Arrays arrays = new Arrays(views, pixels, 1);
          return arrays.found(
              kernels,
              (replay, differentiates) ->
                  LogisticSharedLogLikelihood.of(
                      replay.recorder(),
                      replay.constant(arrays.x),
                      arrays.location(replay, differentiates),
                      arrays.raw(replay, differentiates),
                      BOUNDS));
        });
  }

  /** Records a density on arrays of the test, with derivatives or without. */
  @FunctionalInterface
  private interface Recorded {
    Rows on(Replay replay, boolean differentiates);
  }

  /** What logistics of 3 samples of 2 images are recorded on; some raws are outside the bounds. */
  private static final class Arrays {
    final INDArray x;
    private final INDArray product;
    private final INDArray byProduct;
    private final INDArray bias;
    private final INDArray byBias;
    private final INDArray raw;
    private final INDArray byRaw;
    private final double[] row;

    Arrays(Views views, int pixels) {
      this(views, pixels, pixels);
    }

    Arrays(Views views, int pixels, int raws) {
      x = views.levels(2, pixels);
      product = views.normal(1, ROWS, pixels);
      byProduct = views.garbage(ROWS, pixels);
      bias = views.normal(1, pixels);
      byBias = views.garbage(pixels);
      raw = views.normal(1, raws);
      byRaw = views.garbage(raws);
      row = views.rows(ROWS);
    }

    Affine location(Replay replay, boolean differentiates) {
      return new Affine(
          replay.matrix(product, differentiates ? byProduct : null, 0),
          replay.vector("location", bias, differentiates ? byBias : null, 0));
    }

    Parameter raw(Replay replay, boolean differentiates) {
      return replay.vector("raw", raw, differentiates ? byRaw : null, 0);
    }

    double[][] found(Kernels kernels, Recorded recorded, INDArray... more) {
      Replay values = new Replay(kernels, 2, ROWS / 2);
      double[] out = values.value(recorded.on(values, false));
      Replay replay = new Replay(kernels, 2, ROWS / 2);
      assertThat(replay.differentiate(recorded.on(replay, true), row)).isEqualTo(out);
      return Stream.concat(
              Stream.of(out, values(byProduct), values(byBias), values(byRaw)),
              Stream.of(more).map(KernelReferee::values))
          .toArray(double[][]::new);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 17, 50, 784})
  void scoresMixturesOfLogistics(int pixels) {
    for (int components : new int[] {1, 2, 5}) {
      agreeInEveryForm(
          BY_SCALE,
          BY_SCALE,
          (kernels, views) -> {
            INDArray x = views.levels(2, pixels);
            INDArray packed = views.normal(2, ROWS, 3L * components * pixels);
            INDArray residual = views.garbage(ROWS, 3L * components * pixels);
            double[] row = views.rows(ROWS);
            double[] out = mixture(kernels, x, packed, null, components, row);
            assertThat(mixture(kernels, x, packed, residual, components, row)).isEqualTo(out);
            return new double[][] {out, values(residual)};
          });
    }
  }

  private static double[] mixture(
      Kernels kernels,
      INDArray x,
      INDArray packed,
      INDArray residual,
      int components,
      double[] row) {
    Replay replay = new Replay(kernels, 2, ROWS / 2);
    Rows out =
        LogisticMixtureLogLikelihood.of(
            replay.recorder(),
            replay.constant(x),
            replay.matrix(packed, residual, 0),
            components,
            BOUNDS);
    return residual == null ? replay.value(out) : replay.differentiate(out, row);
  }
}
