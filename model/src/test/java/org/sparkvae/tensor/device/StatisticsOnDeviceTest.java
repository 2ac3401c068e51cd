package org.sparkvae.tensor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.tensor.kernels.ColumnStatistics;

/** Statistics of columns on a simulated device, against their formulas in float64. */
class StatisticsOnDeviceTest {
  private static final double EPSILON = 0.01;
  private static final double CLOSE = 1e-5;

  private final SimulatedDevice card = new SimulatedDevice(1 << 24);
  private final DeviceKernels kernels = new DeviceKernels(card);
  private final ColumnStatistics statistics = kernels.columnStatistics().orElseThrow();
  private final Random random = new Random(5);

  /** Fewer rows than threads of a column, as many, and more; columns of one block, and of two. */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "32, 32", "33, 33", "100, 50"})
  void columnsAreStandardised(int rows, int columns) {
    INDArray x = matrix(rows, columns);
    INDArray y = matrix(rows, columns);
    INDArray precision = matrix(1, columns);
    int before = card.launches();
    statistics.standardise(x, EPSILON, y, precision);
    assertThat(card.launches() - before).isEqualTo(1);
    kernels.settle();
    for (int c = 0; c < columns; c++) {
      double[] column = column(x, c);
      double expected = 1 / Math.sqrt(variance(column) + EPSILON);
      assertThat(precision.getDouble(c)).isCloseTo(expected, within(CLOSE * expected));
      for (int r = 0; r < rows; r++) {
        assertThat(y.getDouble(r, c))
            .isCloseTo(expected * (column[r] - mean(column)), within(CLOSE));
      }
    }
  }

  /** The derivative of sum_r g_r y_r by x_i, by central differences. */
  @ParameterizedTest
  @CsvSource({"7, 3, 0", "7, 3, 1", "33, 33, 0", "40, 34, 1"})
  void theirDerivativesAreThoseOfDifferences(int rows, int columns, double beta) {
    INDArray x = matrix(rows, columns);
    INDArray y = matrix(rows, columns);
    INDArray precision = matrix(1, columns);
    INDArray byY = matrix(rows, columns);
    INDArray byX = matrix(rows, columns);
    INDArray old = byX.dup('c');
    statistics.standardise(x, EPSILON, y, precision);
    statistics.standardiseBackward(y, precision, byY, beta, byX);
    kernels.settle();
    double step = 1e-4;
    for (int c = 0; c < columns; c++) {
      double[] column = column(x, c);
      double[] weights = column(byY, c);
      for (int r = 0; r < rows; r++) {
        double value = column[r];
        column[r] = value + step;
        double above = weighted(column, weights);
        column[r] = value - step;
        double below = weighted(column, weights);
        column[r] = value;
        double expected = beta * old.getDouble(r, c) + (above - below) / (2 * step);
        assertThat(byX.getDouble(r, c)).isCloseTo(expected, within(5 * CLOSE));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "40, 34"})
  void momentsAreMeans(int rows, int columns) {
    INDArray x = matrix(rows, columns);
    INDArray moments = matrix(1, 2 * columns);
    statistics.moments(x, moments);
    kernels.settle();
    for (int c = 0; c < columns; c++) {
      double[] column = column(x, c);
      double mean = mean(column);
      assertThat(moments.getDouble(c)).isCloseTo(mean, within(CLOSE));
      double ofSquares = variance(column) + mean * mean;
      assertThat(moments.getDouble(columns + c)).isCloseTo(ofSquares, within(CLOSE * ofSquares));
    }
  }

  /** Fewer than the threads of a block, and more; one that outweighs all others. */
  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0", "300, 0", "300, 90"})
  void sharesAreThoseOfTheSoftmax(int count, float most) {
    INDArray logits = vector(count);
    logits.putScalar(0, most);
    double[] shares = new double[count];
    double[] byShares = random.doubles(count, -1, 1).toArray();
    INDArray byLogits = vector(count);
    INDArray old = byLogits.dup('c');
    statistics.logShares(logits, shares);
    statistics.logSharesBackward(shares, byShares, 1, byLogits);
    kernels.settle();
    double[] expected = logShares(logits.toDoubleVector());
    double sum = Arrays.stream(byShares).sum();
    for (int k = 0; k < count; k++) {
      assertThat(shares[k]).isCloseTo(expected[k], within(CLOSE));
      // d share_i / d logit_k is 1 where i = k, less the softmax of k.
      double by = byShares[k] - sum * Math.exp(expected[k]) / count;
      assertThat(byLogits.getDouble(k)).isCloseTo(old.getDouble(k) + by, within(5 * CLOSE));
    }
    statistics.logSharesBackward(shares, byShares, 0, byLogits);
    kernels.settle();
    double by = byShares[0] - sum * Math.exp(expected[0]) / count;
    assertThat(byLogits.getDouble(0)).as("set").isCloseTo(by, within(5 * CLOSE));
  }

  private static double[] logShares(double[] logits) {
    double most = Arrays.stream(logits).max().orElseThrow();
    double mean = Arrays.stream(logits).map(l -> Math.exp(l - most)).average().orElseThrow();
    return Arrays.stream(logits).map(l -> l - most - Math.log(mean)).toArray();
  }

  private INDArray vector(int length) {
    return matrix(1, length).reshape(length);
  }

  private static double weighted(double[] column, double[] weights) {
    double mean = mean(column);
    double precision = 1 / Math.sqrt(variance(column) + EPSILON);
    double sum = 0;
    for (int r = 0; r < column.length; r++) {
      sum += weights[r] * precision * (column[r] - mean);
    }
    return sum;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }

  private static double[] column(INDArray matrix, int column) {
    double[] values = new double[Math.toIntExact(matrix.rows())];
    for (int r = 0; r < values.length; r++) {
      values[r] = matrix.getDouble(r, column);
    }
    return values;
  }

  private INDArray matrix(int rows, int columns) {
    INDArray matrix = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
    for (int i = 0; i < rows * columns; i++) {
      matrix.putScalar(i, 0.5 + random.nextGaussian());
    }
    return matrix;
  }
}
