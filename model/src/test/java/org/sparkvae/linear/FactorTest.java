package org.sparkvae.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

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

  /** Of a matrix with an eigenvalue of -1: the least of 0.03, 0.3, 3, ... above 1 makes it one. */
  @Test
  void liftsWhatIsNotPositiveDefiniteByAsLittleAsNeedBe() {
    double[][] matrix = {{1, 2}, {2, 1}};
    double[][] lower = Factor.lifted(matrix, 0.03).lower();
    assertThat(Products.inner(lower, lower)[0]).containsExactly(new double[] {4, 2}, within(1e-14));
    assertThat(Factor.lifted(MATRIX, 0.5).lower()[0][0]).isEqualTo(Math.sqrt(4.5));
    assertThat(matrix).isDeepEqualTo(new double[][] {{1, 2}, {2, 1}});
    assertThatIllegalStateException()
        .isThrownBy(() -> Factor.lifted(new double[][] {{Double.NaN}}, 1));
  }
}
