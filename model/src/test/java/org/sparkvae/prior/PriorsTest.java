package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.tensor.kernels.Activation;

/** Priors of learned parameters: their densities by quadrature, and their draws by both. */
class PriorsTest {
  private static final Prior MIXTURE = new Mixture(5);
  private static final Prior AUTOREGRESSIVE = new Autoregressive(List.of(9, 8), Activation.TANH);
  private static final Prior REALNVP = new Realnvp(4, List.of(8), Activation.TANH);

  /** Of a grid around 0, in each direction. */
  private static final double REACH = 10;

  private static final double STEP = 0.1;

  static Stream<Tried> ofTheLine() {
    return Stream.of(Tried.random(MIXTURE, 1, 0.7, 3), Tried.random(AUTOREGRESSIVE, 1, 0.4, 3));
  }

  static Stream<Tried> ofThePlane() {
    return Stream.of(
        Tried.random(MIXTURE, 2, 0.7, 3),
        Tried.random(AUTOREGRESSIVE, 2, 0.4, 3),
        Tried.random(REALNVP, 2, 0.3, 3));
  }

  static Stream<Tried> ofAnyDimension() {
    return Stream.of(MIXTURE, AUTOREGRESSIVE, REALNVP)
        .flatMap(prior -> Stream.of(2, 3, 5).map(latent -> Tried.random(prior, latent, 0.4, 5)));
  }

  static Stream<Tried> invertible() {
    return ofAnyDimension().filter(tried -> Tried.isInvertible(tried.prior(), tried.latent()));
  }

  @ParameterizedTest
  @MethodSource("ofTheLine")
  void theDensityOnALineIntegratesToOne(Tried tried) {
    double[][] grid = new double[(int) (2 * REACH / STEP)][1];
    for (int i = 0; i < grid.length; i++) {
      grid[i][0] = -REACH + (i + 0.5) * STEP;
    }
    double[] logDensities = tried.logDensity(grid);
    assertThat(Arrays.stream(logDensities).map(Math::exp).sum() * STEP).isCloseTo(1, within(1e-6));
  }

  /** The middles of the cells of a square grid, [cells * cells][2]. */
  private static double[][] plane() {
    int side = (int) (2 * REACH / STEP);
    double[][] grid = new double[side * side][2];
    for (int i = 0; i < grid.length; i++) {
      grid[i][0] = -REACH + (i / side + 0.5) * STEP;
      grid[i][1] = -REACH + (i % side + 0.5) * STEP;
    }
    return grid;
  }

  /** One of 16 parts of the plane. */
  private static int cell(double[] z) {
    return part(z[0]) * 4 + part(z[1]);
  }

  private static int part(double x) {
    return x < -0.7 ? 0 : x < 0 ? 1 : x < 0.7 ? 2 : 3;
  }

  @ParameterizedTest
  @MethodSource("ofThePlane")
  void theDensityOnThePlaneIsThatOfDraws(Tried tried) {
    double[][] grid = plane();
    double[] logDensities = tried.logDensity(grid);
    double[] expected = new double[16];
    double[] mean = new double[2];
    for (int i = 0; i < grid.length; i++) {
      double mass = Math.exp(logDensities[i]) * STEP * STEP;
      expected[cell(grid[i])] += mass;
      mean[0] += mass * grid[i][0];
      mean[1] += mass * grid[i][1];
    }
    assertThat(Arrays.stream(expected).sum()).isCloseTo(1, within(1e-3));

    int n = 20_000;
    double[][] draws = tried.draws(n).values();
    double[] counts = new double[16];
    Arrays.stream(draws).forEach(z -> counts[cell(z)]++);
    for (int c = 0; c < counts.length; c++) {
      double deviation = Math.sqrt(expected[c] * (1 - expected[c]) / n);
      assertThat(counts[c] / n).as("cell %d", c).isCloseTo(expected[c], within(4 * deviation));
    }
    for (int d = 0; d < 2; d++) {
      int column = d;
      double ofDraws = Arrays.stream(draws).mapToDouble(z -> z[column]).average().orElseThrow();
      double square = Arrays.stream(draws).mapToDouble(z -> z[column] * z[column]).sum() / n;
      double error = Math.sqrt((square - ofDraws * ofDraws) / n);
      assertThat(ofDraws).isCloseTo(mean[d], within(4 * error));
    }
  }

  @ParameterizedTest
  @MethodSource("ofAnyDimension")
  void aDrawTellsItsDensity(Tried tried) {
    Tried.Draws draws = tried.draws(50);
    assertThat(draws.logDensities())
        .containsExactly(tried.logDensity(draws.values()), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("invertible")
  void aDrawLeadsBackToItsNoise(Tried tried) {
    Tried.Draws draws = tried.draws(50);
    double[][] noise = tried.noiseOf(draws.values());
    for (int i = 0; i < noise.length; i++) {
      assertThat(noise[i]).containsExactly(draws.noise()[i], within(1e-9));
      assertThat(draws.values()[i]).isNotEqualTo(draws.noise()[i]);
    }
  }

  /** The code that stands for them, but for a mixture's, which is its mean. */
  @ParameterizedTest
  @MethodSource("invertible")
  void theCodeIsTheDrawOfNoNoise(Tried tried) {
    double[][] zero = new double[1][tried.latent()];
    assertThat(tried.mean()).containsExactly(tried.drawsOf(zero).values()[0], within(1e-12));
  }
}
