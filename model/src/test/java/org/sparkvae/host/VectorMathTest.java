package org.sparkvae.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorMathTest {
  private static final int LANES = VectorMath.LANES;

  @Test
  void functionsAreWithinTheirUlps() {
    check(VectorMath::exp, Math::exp, -87, 88.7, 1);
    check(VectorMath::decay, Math::exp, -87, 0, 1);
    check(VectorMath::expm1, Math::expm1, -87, 0, 2);
    check(VectorMath::expm1, Math::expm1, -1e-3, 0, 2);
    check(VectorMath::tanh, Math::tanh, -20, 20, 3);
    check(VectorMath::tanh, Math::tanh, -0.01, 0.01, 3);
    check(VectorMath::log1p, Math::log1p, 0, 1, 2);
    check(VectorMath::log1p, Math::log1p, -1e-4, 1e-4, 2);
    check(VectorMath::log1p, Math::log1p, -0.9999, 0, 2);
    check(VectorMath::log1p, Math::log1p, 1, 10, 2);
    check(VectorMath::log1p, Math::log1p, 10, 1e30, 2);
    check(
        VectorMath::softplus, a -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), -80, 80, 3);
    check(Sigmoid::of, a -> 1 / (1 + Math.exp(-a)), -80, 80, 3);
    check(VectorMath::log, Math::log, 1e-30, 1e-3, 1);
    check(VectorMath::log, Math::log, 0.5, 2, 1);
    check(VectorMath::log, Math::log, 1, 0x1p64, 1);
  }

  @Test
  void logarithmsOfVectorsAndScalarsAreTheSame() {
    for (int step = 0; step < 100_000; step++) {
      float x = Float.intBitsToFloat(0x00800000 + step * 21_000);
      assertThat(VectorMath.log(VectorMath.all(x)).lane(0)).isEqualTo(Logarithm.of(x));
    }
  }

  @Test
  void theEndsOfTheRangesAreRight() {
    assertThat(at(VectorMath::exp, 0, -1e4, 1e4, -100))
        .containsExactly(1f, 0f, Float.POSITIVE_INFINITY, (float) Math.exp(-100));
    assertThat(at(VectorMath::decay, 0, -0f)).containsExactly(1f, 1f);
    assertThat(at(VectorMath::decay, -1e4)[0]).isBetween(0f, 2e-38f);
    assertThat(at(VectorMath::tanh, 0, 1e4, -1e4)).containsExactly(0f, 1f, -1f);
    assertThat(at(VectorMath::softplus, 1e4)).containsExactly(1e4f);
    assertThat(at(VectorMath::softplus, -1e4)[0]).isBetween(0f, 2e-38f);
    assertThat(at(Sigmoid::of, 1e4)).containsExactly(1f);
    assertThat(at(Sigmoid::of, -1e4)[0]).isBetween(0f, 2e-38f);
    assertThat(at(VectorMath::log, 1)).containsExactly(0f);
  }

  @Test
  void notANumberStaysSo() {
    assertThat(at(VectorMath::exp, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::decay, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::expm1, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::tanh, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::log, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::log1p, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(VectorMath::softplus, Double.NaN)).containsExactly(Float.NaN);
    assertThat(at(Sigmoid::of, Double.NaN)).containsExactly(Float.NaN);
  }

  private static float[] at(UnaryOperator<FloatVector> f, double... points) {
    float[] padded = new float[LANES];
    for (int i = 0; i < points.length; i++) {
      padded[i] = (float) points[i];
    }
    float[] values = f.apply(FloatVector.fromArray(VectorMath.SPECIES, padded, 0)).toArray();
    return Arrays.copyOf(values, points.length);
  }

  /** Errors in units of the last place of the true value, over a grid of points. */
  private static void check(
      UnaryOperator<FloatVector> f, DoubleUnaryOperator truth, double from, double to, int ulps) {
    int vectors = 4000;
    for (int v = 0; v < vectors; v++) {
      float[] x = new float[LANES];
      for (int j = 0; j < LANES; j++) {
        x[j] = (float) (from + (to - from) * (v * LANES + j) / (vectors * LANES - 1));
      }
      float[] y = f.apply(FloatVector.fromArray(VectorMath.SPECIES, x, 0)).toArray();
      for (int j = 0; j < LANES; j++) {
        double expected = truth.applyAsDouble(x[j]);
        double error = Math.abs(y[j] - expected) / Math.ulp((float) expected);
        assertThat(error).as("at %s: %s, not %s", x[j], y[j], expected).isLessThanOrEqualTo(ulps);
      }
    }
  }

  /** In a class of its own: tests are looked for in a JVM that has no vectors. */
  private static final class Sigmoid {
    static FloatVector of(FloatVector x) {
      return VectorMath.sigmoid(x, VectorMath.decay(x.abs().neg()));
    }
  }
}
