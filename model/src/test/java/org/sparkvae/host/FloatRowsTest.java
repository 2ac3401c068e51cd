package org.sparkvae.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatRowsTest {
  private static final int FROM = 2;
  private static final int STRIDE = 9;
  private static final int COLUMNS = 7;

  /** Those of rows that go together are the ones of a row alone, to the bit. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11})
  void squaresAreAddedFromLeftToRight(int rows) {
    float[] values = values();
    double[] sums = new double[rows];
    double[] expected = new double[rows];
    for (int r = 0; r < rows; r++) {
      sums[r] = r;
      double sum = 0;
      for (int i = 0; i < COLUMNS; i++) {
        double value = values[FROM + r * STRIDE + i];
        sum += value * value;
      }
      expected[r] = r + sum;
    }
    new FloatRows(values, FROM, STRIDE, COLUMNS).addSquares(sums);
    assertThat(sums).isEqualTo(expected);
  }

  @Test
  void rowsAreScaledAndWhatLiesBetweenThemIsNot() {
    float[] values = values();
    float[] before = values.clone();
    double[] factors = {0.1, 1, -3, 1e-3, 7};
    new FloatRows(values, FROM, STRIDE, COLUMNS).scale(factors);
    for (int i = 0; i < values.length; i++) {
      int row = Math.floorDiv(i - FROM, STRIDE);
      boolean within =
          row >= 0 && row < factors.length && Math.floorMod(i - FROM, STRIDE) < COLUMNS;
      float scaled = within ? (float) (factors[row] * before[i]) : before[i];
      assertThat(values[i]).isEqualTo(scaled);
    }
  }

  private static float[] values() {
    Random random = new Random(4);
    float[] values = new float[FROM + 12 * STRIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
