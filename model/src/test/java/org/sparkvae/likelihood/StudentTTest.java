package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkvae.likelihood.StudentT.Degrees;
import org.sparkvae.tensor.formula.Formula;

class StudentTTest {
  private static final double LOCATION = 0.3;
  private static final double MIN_SCALE = 0.01;

  private static double softplus(double raw) {
    return Math.log1p(Math.exp(raw));
  }

  @ParameterizedTest
  @CsvSource({
    "FIXED, 0.7, -1",
    "FIXED, 2, 0.5",
    "FIXED, 30, -4",
    "SHARED, 2.1, -2",
    "SHARED, 9, 1",
    "PER_PIXEL, 3, -3",
    "PER_PIXEL, 200, 0"
  })
  void integratesToOne(Degrees degrees, double freedom, double rawScale) {
    // x = location + scale sinh(y) makes the tails fall off so that the trapezoidal rule is exact.
    double scale = MIN_SCALE + softplus(rawScale);
    double h = 0.02;
    double[] x = new double[5001];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) LOCATION + scale * Math.sinh(h * (i - 2500));
    }
    OnePixel pixel =
        new OnePixel(
            new StudentT(degrees, freedom, MIN_SCALE), LOCATION, x.length, DataType.DOUBLE);
    pixel.set("scale.bias", rawScale);
    double[] logDensity = pixel.at(x);
    double integral = 0;
    for (int i = 0; i < x.length; i++) {
      integral += h * scale * Math.cosh(h * (i - 2500)) * Math.exp(logDensity[i]);
    }
    assertThat(integral).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"FIXED, 0.5", "FIXED, 1", "FIXED, 4", "SHARED, 2.5", "PER_PIXEL, 7", "SHARED, 600"})
  void equalsCommonsMath(Degrees degrees, double freedom) {
    double[] x = {-40, 0, 0.2999, 0.31, 0.9, 2000};
    StudentT likelihood = new StudentT(degrees, freedom, MIN_SCALE);
    OnePixel pixel = new OnePixel(likelihood, LOCATION, x.length, DataType.DOUBLE);
    pixel.set("scale.bias", -0.7);
    pixel.set("location.bias", LOCATION);
    double scale = MIN_SCALE + softplus(-0.7);
    // The starts are float32.
    TDistribution expected = new TDistribution(freedom);
    double[] logDensity = pixel.at(x);
    for (int i = 0; i < x.length; i++) {
      double closed = expected.logDensity((x[i] - LOCATION) / scale) - Math.log(scale);
      double tolerance = degrees == Degrees.FIXED ? 1e-9 : 1e-6;
      assertThat(logDensity[i])
          .isCloseTo(closed, within(tolerance * Math.max(1, Math.abs(closed))));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 0.5, 1, 2, 2.5, 3, 7.3, 40, 200})
  void theNormaliserIsThatOfGammaFunctions(double v) {
    double expected =
        Gamma.logGamma((v + 1) / 2) - Gamma.logGamma(v / 2) - 0.5 * Math.log(v * Math.PI);
    assertThat(normaliser(v)).isCloseTo(expected, within(2e-12));
  }

  @Test
  void theNormaliserKeepsItsDigitsForManyDegreesOfFreedom() {
    double factor = 1; // Of Gamma((v + 1) / 2) / Gamma(v / 2) from v = 2 on, exactly.
    double v = 2;
    while (v < 100_000) {
      factor *= (v + 1) / v;
      v += 2;
    }
    double expected = Math.log(Math.sqrt(Math.PI) / 2 * factor) - 0.5 * Math.log(v * Math.PI);
    assertThat(normaliser(v)).isCloseTo(expected, within(1e-11));
    assertThat(normaliser(1e15)).isCloseTo(-0.5 * Math.log(2 * Math.PI), within(1e-14));
  }

  private static double normaliser(double v) {
    return ((Formula.Number) StudentT.logNormaliser(Formula.number(v))).value();
  }

  @ParameterizedTest
  @CsvSource({"FIXED, DOUBLE", "SHARED, DOUBLE", "PER_PIXEL, DOUBLE", "FIXED, FLOAT"})
  void withManyDegreesOfFreedomItIsGaussian(Degrees degrees, DataType type) {
    double[] x = {-1, 0.1, 0.3, 0.35, 1};
    OnePixel pixel = new OnePixel(new StudentT(degrees, 1e7, MIN_SCALE), LOCATION, x.length, type);
    pixel.set("scale.bias", -0.7);
    NormalDistribution expected =
        new NormalDistribution((float) LOCATION, MIN_SCALE + softplus(-0.7));
    double[] logDensity = pixel.at(x);
    for (int i = 0; i < x.length; i++) {
      assertThat(logDensity[i]).isCloseTo(expected.logDensity(x[i]), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void learnedDegreesOfFreedomKeepTheirDigitsInFloat32(DataType type) {
    double[] x = {-1, 0.1, 0.3, 0.35, 1};
    for (Degrees degrees : List.of(Degrees.SHARED, Degrees.PER_PIXEL)) {
      for (double freedom : new double[] {2.001, 3, 50, 1e4, 1e6}) {
        StudentT likelihood = new StudentT(degrees, freedom, MIN_SCALE);
        OnePixel pixel = new OnePixel(likelihood, LOCATION, x.length, type);
        pixel.set("scale.bias", -0.7);
        TDistribution expected = new TDistribution(freedom);
        double scale = MIN_SCALE + softplus(-0.7);
        double[] logDensity = pixel.at(x);
        for (int i = 0; i < x.length; i++) {
          double closed = expected.logDensity((x[i] - (float) LOCATION) / scale) - Math.log(scale);
          assertThat(logDensity[i]).as("v = %s", freedom).isCloseTo(closed, within(2e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void isSmoothWhereThePixelIsAtItsLocation(DataType type) {
    OnePixel pixel = new OnePixel(new StudentT(Degrees.PER_PIXEL, 4, MIN_SCALE), LOCATION, 1, type);
    pixel.set("location.bias", 0.5);
    pixel.at(0.5);
    double raw = pixel.parameter("scale.bias")[0];
    double slope = 1 / (1 + Math.exp(-raw));
    assertThat(pixel.derivatives("location.bias")[0]).isZero();
    assertThat(pixel.derivatives("scale.bias")[0])
        .isCloseTo(-slope / (MIN_SCALE + softplus(raw)), within(1e-5));
    assertThat(pixel.derivatives("freedom.bias")[0]).isFinite().isPositive();
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> new StudentT(Degrees.SHARED, 2, 1e-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("freedom must be a number above 2 where it is learned, but is 2.0");
    assertThatThrownBy(() -> new StudentT(Degrees.FIXED, 0, 1e-3))
        .hasMessage("freedom must be a number above 0, but is 0.0");
    assertThatThrownBy(() -> new StudentT(Degrees.FIXED, 5, 0))
        .hasMessage("min-scale must be above 0, but is 0.0");
  }
}
