package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.tensor.kernels.Activation;

class RealnvpTest {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private static Realnvp prior(int length) {
    return new Realnvp(length, List.of(7), Activation.TANH);
  }

  private static double[][] points(int n, int latent) {
    Random random = new Random(1);
    double[][] z = new double[n][latent];
    for (double[] point : z) {
      Arrays.setAll(point, d -> random.nextGaussian());
    }
    return z;
  }

  private static double logNormal(double[] e) {
    return -0.5 * (e.length * LOG_2PI + Arrays.stream(e).map(x -> x * x).sum());
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 5", "2, 3", "3, 4", "5, 5"})
  void theDensityIsThatOfNoiseLessTheVolumeOfTheJacobian(int length, int latent) {
    Tried tried = Tried.random(prior(length), latent, 0.5, 6);
    double h = 1e-5;
    for (double[] noise : points(6, latent)) {
      double[][] moved = new double[2 * latent][];
      for (int d = 0; d < latent; d++) {
        moved[d] = noise.clone();
        moved[d][d] += h;
        moved[latent + d] = noise.clone();
        moved[latent + d][d] -= h;
      }
      double[][] ends = tried.drawsOf(moved).values();
      double[][] jacobian = new double[latent][latent];
      for (int d = 0; d < latent; d++) {
        for (int c = 0; c < latent; c++) {
          jacobian[c][d] = (ends[d][c] - ends[latent + d][c]) / (2 * h);
        }
      }
      double determinant = new LUDecomposition(new Array2DRowRealMatrix(jacobian)).getDeterminant();
      assertThat(determinant).isPositive();
      double logVolume = Math.log(determinant);
      assertThat(Math.abs(logVolume)).isGreaterThan(1e-3);
      double[][] z = tried.drawsOf(new double[][] {noise}).values();
      assertThat(tried.logDensity(z)[0]).isCloseTo(logNormal(noise) - logVolume, within(1e-7));
    }
  }

  @Test
  void oneLayerMovesTheSecondHalfAndTwoMoveAll() {
    double[][] noise = points(1, 5);
    double[] one = Tried.random(prior(1), 5, 0.5, 6).drawsOf(noise).values()[0];
    double[] two = Tried.random(prior(2), 5, 0.5, 6).drawsOf(noise).values()[0];
    for (int d = 0; d < 5; d++) {
      assertThat(one[d] != noise[0][d]).isEqualTo(d >= 3);
      assertThat(two[d]).isNotEqualTo(noise[0][d]);
    }
  }

  @Test
  void startsAsAStandardNormal() {
    double[][] z = points(8, 4);
    assertThat(Tried.random(prior(5), 4, 0, 6).logDensity(z))
        .containsExactly(
            Arrays.stream(z).mapToDouble(RealnvpTest::logNormal).toArray(), within(1e-12));
  }

  /** A factor is between exp(-c) and exp(c), whatever the network says. */
  @Test
  void factorsAreBoundedByTheParameterForIt() {
    Tried tried = Tried.random(prior(1), 2, 50, 6).with("0.head.bound", 0.7);
    double[][] up = tried.drawsOf(new double[][] {{3, 1}, {3, 0}}).values();
    assertThat(Math.abs(Math.log(up[0][1] - up[1][1]))).isCloseTo(0.7, within(1e-6));
  }

  @Test
  void oneDimensionHasNoHalves() {
    assertThat(prior(2).misfit(2)).isEmpty();
    assertThat(prior(2).misfit(1).orElseThrow().says()).contains("model.latent is 1");
  }

  @Test
  void itNeedsALayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Realnvp(0, List.of(5), Activation.TANH))
        .withMessage("length must be at least 1, but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Realnvp(1, List.of(0), Activation.TANH))
        .withMessage("hidden widths must be at least 1, but are [0]");
  }
}
