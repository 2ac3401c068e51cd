package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Replay;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.Views;

/** Large logits, NaN, and the same bits from interpreted and compiled code. */
class VectorDensitiesEdgeTest {
  private final Kernels kernels = Kernels.of(Nd4j.create(DataType.FLOAT, 1));
  private final Views views = new Views(DataType.FLOAT, 5);

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 19})
  void largeLogitsScoreExactly(int pixels) {
    for (float l : new float[] {80, 88, 90, 1000, 1e4f}) {
      INDArray residual = views.garbage(1, pixels);
      double right = scoreOfOnes(filled(pixels, l), residual);
      assertThat(values(residual)).containsOnly(0.0);
      double wrong = scoreOfOnes(filled(pixels, -l), residual);
      assertThat(values(residual)).containsOnly(1.0);
      assertThat(right).isCloseTo(0, within(1e-30));
      assertThat(wrong).isEqualTo(-(double) l * pixels);
    }
  }

  private double scoreOfOnes(float[] logits, INDArray residual) {
    int pixels = logits.length;
    INDArray x = views.of(filled(pixels, 1f), 1, pixels);
    INDArray bias = views.of(filled(pixels, 0f), pixels);
    return bernoulli(x, views.of(logits, 1, pixels), residual, bias)[0];
  }

  /** The values; the gradient of a loss that is their sum. */
  private double[] bernoulli(INDArray x, INDArray logits, INDArray residual, INDArray bias) {
    int images = (int) x.size(0);
    int rows = (int) logits.size(0);
    Replay replay = new Replay(kernels, images, rows / images);
    Rows out =
        BernoulliLogLikelihood.of(
            replay.recorder(),
            replay.constant(x),
            replay.matrix(logits, residual, 0),
            replay.vector("bias", bias, views.garbage(bias.length()), 0));
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return replay.differentiate(out, ones);
  }

  /** A NaN at any place of any input reaches the row's value and its own derivative. */
  @ParameterizedTest
  @ValueSource(ints = {3, 16, 19, 35})
  void notANumberReachesTheLikelihood(int pixels) {
    for (int place = 0; place < pixels; place++) {
      INDArray x = views.uniform(1, pixels);
      INDArray bias = views.normal(1, pixels);
      INDArray residual = views.garbage(2, pixels);
      INDArray logits = views.normal(1, 2, pixels);
      logits.putScalar(1, place, Double.NaN);
      double[] out = bernoulli(x, logits, residual, bias);
      assertThat(out[0]).isFinite();
      assertThat(out[1]).isNaN();
      for (int d = 0; d < pixels; d++) {
        assertThat(Double.isNaN(residual.getDouble(0, d))).isFalse();
        assertThat(Double.isNaN(residual.getDouble(1, d))).isEqualTo(d == place);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 19, 35})
  void notANumberReachesGaussians(int n) {
    for (int place = 0; place < n; place++) {
      INDArray values = views.normal(1, 1, 2L * n);
      values.putScalar(0, n + place, Double.NaN);
      Replay likelihood = new Replay(kernels, 1, 1);
      Matrix x = likelihood.constant(views.uniform(1, n));
      Matrix head = likelihood.constant(values);
      Rows score = GaussianLogLikelihood.of(likelihood.recorder(), x, head, 0.1);
      assertThat(likelihood.value(score)[0]).isNaN();
      Replay divergence = new Replay(kernels, 1, 1);
      Rows kl = StandardNormalKl.of(divergence.recorder(), divergence.constant(values));
      assertThat(divergence.value(kl)[0]).isNaN();
      Replay sample = new Replay(kernels, 1, 1);
      Matrix noise = sample.constant(views.normal(1, 1, n));
      INDArray z = views.garbage(1, n);
      Matrix packed = sample.constant(values);
      sample.bind(GaussianSample.of(sample.recorder(), packed, noise), z, null);
      sample.forward();
      assertThat(z.getDouble(0, place)).isNaN();
    }
  }

  @Test
  void compiledDensitiesGiveTheInterpretersBits() {
    Replay replay = new Replay(kernels, 4, 1);
    Matrix x = replay.constant(views.uniform(4, 35));
    INDArray residual = views.garbage(4, 35);
    INDArray byBias = views.garbage(35);
    INDArray byHead = views.garbage(4, 70);
    INDArray byPacked = views.garbage(4, 70);
    INDArray z = views.garbage(4, 35);
    Matrix logits = replay.matrix(views.normal(3, 4, 35), residual, 0);
    Matrix head = replay.matrix(views.normal(2, 4, 70), byHead, 0);
    Matrix packed = replay.matrix(views.normal(2, 4, 70), byPacked, 0);
    Matrix noise = replay.constant(views.normal(1, 4, 35));
    Rows[] results = {
      BernoulliLogLikelihood.of(
          replay.recorder(), x, logits, replay.vector("b", views.normal(1, 35), byBias, 0)),
      GaussianLogLikelihood.of(replay.recorder(), x, head, 0.1),
      StandardNormalKl.of(replay.recorder(), packed)
    };
    Matrix sample = GaussianSample.of(replay.recorder(), packed, noise);
    INDArray byZ = views.normal(1, 4, 35);
    replay.bind(sample, z, byZ);
    for (Rows result : results) {
      replay.bind(result, views.rows(4));
    }
    float[][] first = null;
    for (int i = 0; i < 20_000; i++) {
      replay.forward();
      replay.backward();
      float[][] bits = {
        floats(residual),
        floats(byBias),
        floats(byHead),
        floats(byPacked),
        floats(z),
        rounded(results)
      };
      first = first == null ? bits : first;
      assertThat(Arrays.deepEquals(bits, first)).isTrue();
    }
  }

  @Test
  void aLaterOperationMayNotOverwriteALikelihoodsDerivative() {
    Replay replay = new Replay(kernels, 2, 1);
    Matrix x = replay.constant(views.uniform(2, 3));
    Matrix packed = replay.matrix(views.normal(1, 2, 6), views.garbage(2, 6), 0);
    Rows first = GaussianLogLikelihood.of(replay.recorder(), x, packed, 0.1);
    Rows second = StandardNormalLogDensity.of(replay.recorder(), packed);
    replay.bind(second, new double[2]);
    assertThatThrownBy(() -> replay.differentiate(first, new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a likelihood keeps its derivative in the gradient of its matrix [2, 6], which a later"
                + " operation has overwritten: record that operation before it");
  }

  private static float[] rounded(Rows[] results) {
    float[] values = new float[4 * results.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) results[i / 4].value()[i % 4];
    }
    return values;
  }

  private float[] floats(INDArray array) {
    float[] values = new float[(int) array.length()];
    kernels.copyOut(array, values);
    return values;
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
