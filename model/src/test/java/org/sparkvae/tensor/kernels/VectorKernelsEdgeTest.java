package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** NaN, and the same bits from interpreted and compiled code. */
class VectorKernelsEdgeTest {
  private final Kernels kernels = new VectorKernels();
  private final Views views = new Views(DataType.FLOAT, 5);

  @ParameterizedTest
  @EnumSource(Activation.class)
  void notANumberPassesActivations(Activation f) {
    for (int place = 0; place < 21; place++) {
      INDArray a = views.normal(1, 3, 7);
      a.putScalar(place / 7, place % 7, Double.NaN);
      kernels.activate(a, views.normal(1, 7), f);
      INDArray gradient = views.normal(1, 3, 7);
      INDArray byBias = views.garbage(7);
      INDArray broken = views.of(floats(a), 3, 7);
      kernels.activateBackward(views.normal(1, 3, 7), broken, f);
      kernels.sumColumns(broken, 0, byBias);
      for (int d = 0; d < 21; d++) {
        assertThat(Double.isNaN(a.getDouble(d / 7, d % 7))).isEqualTo(d == place);
      }
      assertThat(byBias.getDouble(place % 7)).isNaN();
      if (f != Activation.IDENTITY) {
        kernels.activateBackward(a, gradient, f);
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
          kernels.activateBackward(a, gradient, f);
          kernels.sumColumns(gradient, 0, byBias);
        },
        a,
        gradient,
        byBias);
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

  private float[] floats(INDArray array) {
    float[] values = new float[(int) array.length()];
    kernels.copyOut(array, values);
    return values;
  }
}
