package org.sparkvae.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is maximised and is no bound: VR-max, beta-VAEs and free bits. */
class ObjectivesTest {
  private static final int IMAGES = 4;
  private static final int SAMPLES = 6;

  @Test
  void vrMaxIsTheLimitOfRenyiBounds() {
    double[] logWeights = new Random(3).doubles(IMAGES * SAMPLES, -3, 3).toArray();
    double[] values = new double[IMAGES];
    double[] weights = new double[logWeights.length];
    double[] near = new double[IMAGES];
    double[] nearWeights = new double[logWeights.length];
    new VrMax(SAMPLES).apply(logWeights, values, weights);
    new Renyi(SAMPLES, -1e6).apply(logWeights, near, nearWeights);
    assertThat(values).containsExactly(near, within(1e-5));
    assertThat(weights).containsExactly(nearWeights, within(1e-9));
    assertThat(Arrays.stream(weights).sum()).isEqualTo(IMAGES);
  }

  @Test
  void ofEqualWeightsTheFirstIsTheLargest() {
    double[] weights = new double[3];
    new VrMax(3).apply(new double[] {2, 2, 2}, new double[1], weights);
    assertThat(weights).containsExactly(1, 0, 0);
  }

  @Test
  void areToldAsBoundsWhereTheyAreOnes() {
    assertThat(new VrMax(1).isLowerBound()).isFalse();
    assertThat(new Beta(1, 4, Elbo.Kl.ANALYTIC, 0).isLowerBound()).isFalse();
    assertThat(new Beta(1, 0.5, Elbo.Kl.ANALYTIC, 0).isLowerBound()).isFalse();
    assertThat(new Beta(1, 1, Elbo.Kl.ANALYTIC, 0).isLowerBound()).isTrue();
    assertThat(new Beta(1, 1, Elbo.Kl.ANALYTIC, 0.1).isLowerBound()).isFalse();
    assertThat(new Elbo(1, Elbo.Kl.ANALYTIC, 0.1).isLowerBound()).isFalse();
    assertThat(new Elbo(1, Elbo.Kl.ANALYTIC).isLowerBound()).isTrue();
    assertThat(new Elbo(1, Elbo.Kl.ANALYTIC, 0.5).title())
        .isEqualTo("ELBO, 0.5 nats free a dimension");
    assertThat(new Beta(1, 4, Elbo.Kl.ANALYTIC, 0).title()).isEqualTo("beta-VAE, beta = 4.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void numbersFromZeroOn(double wrong) {
    assertThatThrownBy(() -> new Beta(1, wrong, Elbo.Kl.ANALYTIC, 0))
        .hasMessage("beta must be a number of at least 0, but is " + wrong);
    assertThatThrownBy(() -> new Elbo(1, Elbo.Kl.ANALYTIC, wrong))
        .hasMessage("free-bits must be a number of at least 0, but is " + wrong);
  }

  @Test
  void freeBitsNeedTheClosedForm() {
    assertThatThrownBy(() -> new Elbo(1, Elbo.Kl.MONTE_CARLO, 0.1))
        .hasMessageStartingWith("free-bits above 0 need the KL term in closed form");
  }
}
