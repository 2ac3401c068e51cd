package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.tensor.kernels.Activation;

class AutoregressiveTest {
  private static final int LATENT = 5;

  /** In terms of noise, e_i = (z_i - m_i) / sigma_i, where m_i and sigma_i see z_1 to z_(i - 1). */
  @Test
  void whatADimensionIsDependsOnThoseBeforeItAlone() {
    Tried tried = Tried.random(new Autoregressive(List.of(9, 7), Activation.TANH), LATENT, 0.5, 2);
    double[] z = {0.3, -0.7, 1.1, 0.2, -1.4};
    double[] before = tried.noiseOf(new double[][] {z})[0];
    for (int j = 0; j < LATENT; j++) {
      double[] up = z.clone();
      double[] down = z.clone();
      up[j] += 0.5;
      down[j] -= 0.5;
      double[][] after = tried.noiseOf(new double[][] {up, down});
      for (int i = 0; i < LATENT; i++) {
        if (i < j) {
          assertThat(after[0][i]).isEqualTo(before[i]);
        } else if (i == j) {
          // A straight line in z_j: neither m_j nor sigma_j has moved.
          assertThat(after[0][i] + after[1][i]).isCloseTo(2 * before[i], within(1e-12));
          assertThat(after[0][i]).isGreaterThan(before[i]);
        } else {
          assertThat(after[0][i]).isNotEqualTo(before[i]);
        }
      }
    }
  }

  @Test
  void biasesAloneAreAGaussian() {
    Autoregressive prior = new Autoregressive(List.of(4), Activation.ELU);
    Tried zero = new Tried(prior, 2, new double[(int) Tried.layout(prior, 2).length()]);
    Tried tried = zero.with("mean.bias", 0.5, -1).with("log-variance.bias", 0.4, -0.6);
    double[] z = {1.2, 0.3};
    double expected =
        -Math.log(2 * Math.PI)
            - 0.5 * (0.4 + 0.7 * 0.7 * Math.exp(-0.4))
            - 0.5 * (-0.6 + 1.3 * 1.3 * Math.exp(0.6));
    assertThat(tried.logDensity(new double[][] {z})[0]).isCloseTo(expected, within(1e-12));
    assertThat(tried.mean()).containsExactly(0.5, -1);
  }

  @Test
  void itNeedsAHiddenLayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Autoregressive(List.of(), Activation.ELU))
        .withMessage("hidden needs one width or more, each at least 1, but is []");
  }
}
