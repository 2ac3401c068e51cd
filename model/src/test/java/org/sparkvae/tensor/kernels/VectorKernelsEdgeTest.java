package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.tensor.kernels.KernelReferee.values;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Large logits, NaN, and the same bits from interpreted and compiled code. */
class VectorKernelsEdgeTest {
  private final Kernels kernels = new VectorKernels();
  private final Views views = new Views(DataType.FLOAT, 5);

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 19})
  void largeLogitsScoreExactly(int pixels) {
    for (float l : new float[] {80, 88, 90, 1000, 1e4f}) {
      INDArray x = views.of(filled(pixels, 1f), 1, pixels);
      INDArray bias = views.of(filled(pixels, 0f), pixels);
      double[] right = new double[1];
      double[] wrong = new double[1];
      INDArray residual = views.garbage(1, pixels);
      kernels.bernoulliLogLikelihood(
          x, views.of(filled(pixels, l), 1, pixels), bias, right, residual);
      assertThat(values(residual)).containsOnly(0.0);
      kernels.bernoulliLogLikelihood(
          x, views.of(filled(pixels, -l), 1, pixels), bias, wrong, residual);
      assertThat(values(residual)).containsOnly(1.0);
      assertThat(right[0]).isCloseTo(0, within(1e-30));
      assertThat(wrong[0]).isEqualTo(-(double) l * pixels);
    }
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
      double[] out = new double[2];
      kernels.bernoulliLogLikelihood(x, logits, bias, out, residual);
      assertThat(out[0]).isFinite();
      assertThat(out[1]).isNaN();
      for (int d = 0; d < pixels; d++) {
        assertThat(Double.isNaN(residual.getDouble(0, d))).isFalse();
        assertThat(Double.isNaN(residual.getDouble(1, d))).isEqualTo(d == place);
      }
      INDArray packed = views.normal(1, 1, 2L * pixels);
      packed.putScalar(0, pixels + place, Double.NaN);
      kernels.gaussianLogLikelihood(x, packed, 0.1, out, null);
      assertThat(out[0]).isNaN();
      kernels.standardNormalKl(packed, out);
      assertThat(out[0]).isNaN();
      INDArray z = views.garbage(1, pixels);
      kernels.gaussianSample(packed, views.normal(1, 1, pixels), z);
      assertThat(z.getDouble(0, place)).isNaN();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void notANumberPassesActivations(Activation f) {
    for (int place = 0; place < 21; place++) {
      INDArray a = views.normal(1, 3, 7);
      a.putScalar(place / 7, place % 7, Double.NaN);
      kernels.activate(a, views.normal(1, 7), f);
      INDArray gradient = views.normal(1, 3, 7);
      INDArray byBias = views.garbage(7);
      kernels.activateBackward(views.normal(1, 3, 7), views.of(floats(a), 3, 7), f, 0, byBias);
      for (int d = 0; d < 21; d++) {
        assertThat(Double.isNaN(a.getDouble(d / 7, d % 7))).isEqualTo(d == place);
      }
      assertThat(byBias.getDouble(place % 7)).isNaN();
      if (f != Activation.IDENTITY) {
        kernels.activateBackward(a, gradient, f, 0, byBias);
        assertThat(gradient.getDouble(place / 7, place % 7)).isNaN();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void compiledActivationsGiveTheInterpretersBits(Activation f) {
    INDArray start = views.normal(2, 3, 19);
    INDArray bias = views.normal(1, 19);
    INDArray a = views.garbage(3, 19);
    INDArray gradient = views.garbage(3, 19);
    INDArray byBias = views.garbage(19);
    repeats(
        () -> {
          kernels.copyIn(floats(start), a);
          kernels.activate(a, bias, f);
          kernels.copyIn(floats(start), gradient);
          kernels.activateBackward(a, gradient, f, 0, byBias);
        },
        a,
        gradient,
        byBias);
  }

  @Test
  void compiledDensitiesGiveTheInterpretersBits() {
    INDArray x = views.uniform(2, 35);
    INDArray packed = views.normal(2, 4, 70);
    INDArray logits = views.normal(3, 4, 35);
    INDArray bias = views.normal(1, 35);
    INDArray residual = views.garbage(4, 35);
    INDArray packedResidual = views.garbage(4, 70);
    INDArray noise = views.normal(1, 8, 35);
    INDArray z = views.garbage(8, 35);
    INDArray sums = views.garbage(4, 4);
    double[] out = new double[4];
    float[] kept = new float[16];
    repeats(
        () -> {
          kernels.bernoulliLogLikelihood(x, logits, bias, out, residual);
          keep(out, kept, 0);
          kernels.gaussianLogLikelihood(x, packed, 0.1, out, packedResidual);
          keep(out, kept, 4);
          kernels.standardNormalKl(packed, out);
          keep(out, kept, 8);
          kernels.gaussianSample(packed, noise, z);
          kernels.gaussianSampleBackward(packed, noise, z, 1, packedResidual);
          kernels.copyIn(kept, sums);
        },
        residual,
        packedResidual,
        z,
        sums);
  }

  @Test
  void compiledAdamGivesTheInterpretersBits() {
    INDArray g = views.normal(1, 35);
    float[] p0 = floats(views.normal(1, 35));
    float[] second0 = floats(views.uniform(35));
    INDArray p = views.garbage(35);
    INDArray first = views.garbage(35);
    INDArray second = views.garbage(35);
    repeats(
        () -> {
          kernels.copyIn(p0, p);
          kernels.copyIn(p0, first);
          kernels.copyIn(second0, second);
          kernels.adam(p, g, first, second, 1e-3, 0.9, 0.999, 1e-4, 0.1, 0.001);
        },
        p,
        first,
        second);
  }

  private void repeats(Runnable call, INDArray... outputs) {
    call.run();
    float[][] firstBits = Arrays.stream(outputs).map(this::floats).toArray(float[][]::new);
    for (int i = 0; i < 20_000; i++) {
      call.run();
    }
    float[][] lastBits = Arrays.stream(outputs).map(this::floats).toArray(float[][]::new);
    assertThat(Arrays.deepEquals(lastBits, firstBits)).isTrue();
  }

  private static void keep(double[] out, float[] kept, int from) {
    for (int i = 0; i < out.length; i++) {
      kept[from + i] = (float) out[i];
    }
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
