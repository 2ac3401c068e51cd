package org.sparkvae.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactorTest {
  private static final double[][] MATRIX = {{4, 2, -2}, {2, 5, 1}, {-2, 1, 6}};

  @Test
  void isTheRootOfItsMatrix() {
    double[][] lower = Factor.of(MATRIX).lower();
    for (int i = 0; i < 3; i++) {
      assertThat(Products.inner(lower, lower)[i]).containsExactly(MATRIX[i], within(1e-14));
    }
  }

  @Test
  void solvesColumnsAsItSolvesVectors() {
    Factor factor = Factor.of(MATRIX);
    double[] vector = {1, -2, 3};
    double[][] columns = {{1, 0}, {-2, 5}, {3, 1}};
    factor.solveLower(vector);
    factor.solveLower(columns);
    for (int i = 0; i < 3; i++) {
      assertThat(columns[i][0]).isEqualTo(vector[i]);
    }
  }

  /** By the least of 3e-12, 3e-11, ... that lifts an eigenvalue of -5e-10 above 0. */
  @Test
  void liftsWhatRoundingHasMadeIndefiniteByAsLittleAsNeedBe() {
    double[][] matrix = {{1, 1}, {1, 1 - 1e-9}};
    double[][] lower = Factor.lifted(matrix, 3e-12).lower();
    assertThat(lower[0][0] * lower[0][0] - 1).isCloseTo(3e-9, within(1e-14));
    assertThat(Factor.lifted(MATRIX, 0.5).lower()[0][0]).isEqualTo(Math.sqrt(4.5));
    assertThat(matrix).isDeepEqualTo(new double[][] {{1, 1}, {1, 1 - 1e-9}});
  }

  @Test
  void refusesToLiftWhatIsNoCovariance() {
    for (double[][] none :
        List.of(new double[][] {{1, 2}, {2, 1}}, new double[][] {{Double.NaN}})) {
      assertThatIllegalStateException().isThrownBy(() -> Factor.lifted(none, 1e-6));
    }
  }
}
