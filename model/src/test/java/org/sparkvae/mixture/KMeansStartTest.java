package org.sparkvae.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.prior.Gaussians;

class KMeansStartTest {
  private static final List<double[]> VECTORS =
      List.of(
          new double[] {0, 10},
          new double[] {2, 10},
          new double[] {100, 1},
          new double[] {1, 16},
          new double[] {100, 3});

  @Test
  void hasTheSharesMeansAndVariancesOfClusters() {
    Gaussians start = new KMeansStart(2, 1).of(VECTORS);
    int first = start.means()[0][0] < 50 ? 0 : 1;
    assertThat(start.weights()[first]).isEqualTo(0.6);
    assertThat(start.weights()[1 - first]).isEqualTo(0.4);
    assertThat(start.means()[first]).containsExactly(new double[] {1, 12}, within(1e-12));
    assertThat(start.means()[1 - first]).containsExactly(new double[] {100, 2}, within(1e-12));
    double[][] covariance = start.covariances()[first];
    assertThat(covariance[0]).containsExactly(new double[] {2 / 3.0, 0}, within(1e-12));
    assertThat(covariance[1]).containsExactly(new double[] {0, 8}, within(1e-12));
    assertThat(start.covariances()[1 - first]).isDeepEqualTo(new double[][] {{0, 0}, {0, 1}});
  }

  @Test
  void fewerVectorsThanGaussiansLeaveSomeWithoutWeight() {
    Gaussians start = new KMeansStart(4, 1).of(VECTORS.subList(1, 3));
    assertThat(start.weights()).containsExactly(0.5, 0.5, 0, 0);
    assertThat(start.means()[3]).isEqualTo(start.means()[0]);
  }

  @Test
  void equalVectorsMakeEqualGaussians() {
    Gaussians start = new KMeansStart(3, 1).of(List.of(VECTORS.get(0), VECTORS.get(0)));
    for (int k = 0; k < 3; k++) {
      assertThat(start.means()[k]).containsExactly(VECTORS.get(0));
      assertThat(start.covariances()[k]).isDeepEqualTo(new double[2][2]);
    }
  }
}
