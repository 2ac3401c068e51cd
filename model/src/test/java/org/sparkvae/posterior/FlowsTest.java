package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.tensor.kernels.Activation;

/** The densities of flows that change volumes, by their Jacobians and by quadrature. */
class FlowsTest {
  private static final DiagonalGaussian BASE = new DiagonalGaussian();

  private static Posterior iaf(int length, Integer... hidden) {
    return new Iaf(length, List.of(hidden), Activation.TANH, BASE);
  }

  static Stream<Arguments> ofAnyDimension() {
    return Stream.of(
        Arguments.of(Flow.random(new Planar(1, BASE), 1, 1.2, 7)),
        Arguments.of(Flow.random(new Planar(1, BASE), 3, 1.2, 7)),
        Arguments.of(Flow.random(new Planar(4, BASE), 2, 1.2, 7)),
        Arguments.of(Flow.random(new Planar(3, BASE), 5, 1.2, 7)),
        Arguments.of(Flow.random(iaf(1, 6), 1, 0.8, 7)),
        Arguments.of(Flow.random(iaf(1, 7), 3, 0.8, 7)),
        Arguments.of(Flow.random(iaf(2, 3), 5, 0.8, 7)),
        Arguments.of(Flow.random(iaf(3, 9, 8), 4, 0.8, 7)),
        Arguments.of(Flow.random(new Sylvester(1, 1, 1, BASE), 1, 1, 7)),
        Arguments.of(Flow.random(new Sylvester(1, 3, 2, BASE), 3, 1, 7)),
        Arguments.of(Flow.random(new Sylvester(3, 2, 3, BASE), 5, 1, 7)));
  }

  static Stream<Arguments> ofThePlane() {
    return Stream.of(
        Arguments.of(Flow.random(new Planar(2, BASE), 2, 0.9, 4)),
        Arguments.of(Flow.random(iaf(2, 8), 2, 0.8, 4)),
        Arguments.of(Flow.random(new Sylvester(2, 2, 2, BASE), 2, 0.8, 4)));
  }

  @ParameterizedTest
  @MethodSource("ofAnyDimension")
  void logVolumeIsThatOfTheJacobian(Flow flow) {
    double[][] points = flow.points(20, 9);
    double[] logVolumes = flow.of(points).logVolumes();
    double[][][] jacobians = flow.jacobians(points);
    for (int i = 0; i < points.length; i++) {
      double determinant = Flow.determinant(jacobians[i]);
      assertThat(determinant).isPositive();
      assertThat(logVolumes[i]).isCloseTo(Math.log(determinant), within(1e-7));
    }
    assertThat(Arrays.stream(logVolumes).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("ofThePlane")
  void mapsHaveOneInverse(Flow flow) {
    double[][] points = flow.points(8, 10);
    double[][] found = flow.inverted(flow.of(points).values(), flow.points(8, 11));
    for (int i = 0; i < points.length; i++) {
      assertThat(found[i]).containsExactly(points[i], within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("ofThePlane")
  void theDensityInTwoDimensionsIntegratesToOne(Flow flow) {
    assertThat(flow.integral(1)).isCloseTo(1, within(1e-3));
    assertThat(Math.abs(flow.integral(-1) - 1)).isGreaterThan(0.1);
  }
}
