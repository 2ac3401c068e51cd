package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class ContinuousBernoulliTest {
  private static final ContinuousBernoulli LIKELIHOOD = new ContinuousBernoulli();

  /** At 0, on both sides of it, of the border between series and closed form, and far out. */
  static DoubleStream logits() {
    return DoubleStream.of(0, 1e-30, 1e-9, 1e-4, 0.1, 0.4999, 0.5, 0.5001, 1, 5, 40, 300)
        .flatMap(l -> DoubleStream.of(-l, l));
  }

  @ParameterizedTest
  @MethodSource("logits")
  void integratesToOneAndHasItsMean(double logit) {
    GaussIntegrator nodes = new GaussIntegratorFactory().legendre(100, 0, 1);
    double[] x = new double[nodes.getNumberOfPoints()];
    for (int i = 0; i < x.length; i++) {
      x[i] = nodes.getPoint(i);
    }
    OnePixel pixel = new OnePixel(LIKELIHOOD, 0.5, x.length, DataType.DOUBLE);
    pixel.set("bias", logit);
    double[] logDensity = pixel.at(x);
    double integral = 0;
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      double share = nodes.getWeight(i) * Math.exp(logDensity[i]);
      integral += share;
      mean += share * x[i];
    }
    assertThat(integral).isCloseTo(1, within(1e-11));
    assertThat(pixel.mean(LIKELIHOOD)).isCloseTo(mean, within(1e-10));
  }

  /** Of exponential families: the derivative by the logit is x - mean. */
  @ParameterizedTest
  @MethodSource("logits")
  void itsDerivativeIsFiniteAndThatOfTheFamily(double logit) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (double x : new double[] {0, 0.3, 1}) {
        OnePixel pixel = new OnePixel(LIKELIHOOD, 0.5, 1, type);
        pixel.set("bias", logit);
        pixel.at(x);
        double tolerance = type == DataType.FLOAT ? 1e-6 : 1e-10;
        assertThat(pixel.derivatives("bias")[0])
            .isCloseTo(x - pixel.mean(LIKELIHOOD), within(tolerance));
      }
    }
  }

  @Test
  void keepsItsDigitsInFloat32() {
    double[] x = {0, 0.1, 0.5, 0.9, 1};
    OnePixel narrow = new OnePixel(LIKELIHOOD, 0.5, x.length, DataType.FLOAT);
    OnePixel wide = new OnePixel(LIKELIHOOD, 0.5, x.length, DataType.DOUBLE);
    for (double logit = -700; logit < 700; logit = logit + 0.003 + Math.abs(logit) / 7) {
      narrow.set("bias", (float) logit);
      wide.set("bias", (float) logit);
      double[] expected = wide.at(x);
      assertThat(narrow.at(x)).containsExactly(expected, within(3e-7 * (1 + Math.abs(logit))));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e30, 1e30})
  void isFiniteAtTheEndsOfFloat32(double logit) {
    OnePixel pixel = new OnePixel(LIKELIHOOD, 0.5, 2, DataType.FLOAT);
    pixel.set("bias", logit);
    for (double value : pixel.at(0, 1)) {
      assertThat(value).isFinite();
    }
    // The sum over both values.
    assertThat(pixel.derivatives("bias")[0]).isCloseTo(logit > 0 ? -1 : 1, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void startsAtTheMeanImage(DataType type) {
    for (double mean : new double[] {0.02, 0.3, 0.4999, 0.5, 0.50001, 0.77, 0.985}) {
      OnePixel pixel = new OnePixel(LIKELIHOOD, mean, 1, type);
      assertThat(pixel.mean(LIKELIHOOD)).isCloseTo(mean, within(1e-6));
    }
    // Of what is always black, the density rises without end.
    assertThat(new OnePixel(LIKELIHOOD, 0, 1, type).mean(LIKELIHOOD)).isCloseTo(0.01, within(1e-6));
  }
}
