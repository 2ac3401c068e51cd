package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class SpectrumTest {
  private static final int ROWS = 200;
  private static final int DIMENSIONS = 50;

  /** Rows of unlike variances that depend on one another. */
  private static double[][] rows() {
    Random random = new Random(3);
    double[][] rows = new double[ROWS][DIMENSIONS];
    for (double[] row : rows) {
      double common = random.nextGaussian();
      for (int d = 0; d < DIMENSIONS; d++) {
        row[d] = d + common + (1 + d % 7) * random.nextGaussian();
      }
    }
    return rows;
  }

  @Test
  void componentsAreTheEigenvectorsOfTheCovariance() {
    double[][] rows = rows();
    StructType schema =
        new StructType().add("code", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
    List<Row> table = Arrays.stream(rows).map(row -> RowFactory.create((Object) row)).toList();
    Dataset<Row> dataset = LocalSpark.session().createDataFrame(table, schema);
    Spectrum spectrum = Spectrum.of(dataset, "code");

    RealMatrix components = MatrixUtils.createRealMatrix(spectrum.components());
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(DIMENSIONS);
    assertSame(components.multiply(components.transpose()), identity);
    RealMatrix covariance = new Covariance(rows).getCovarianceMatrix();
    assertSame(
        components.multiply(covariance),
        MatrixUtils.createRealDiagonalMatrix(spectrum.eigenvalues()).multiply(components));
    assertThat(spectrum.eigenvalues())
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    IntStream.range(0, DIMENSIONS)
        .forEach(
            d ->
                assertThat(spectrum.variance(d))
                    .isCloseTo(covariance.getEntry(d, d), within(1e-8)));
  }

  private static void assertSame(RealMatrix actual, RealMatrix expected) {
    assertThat(actual.subtract(expected).getNorm()).isCloseTo(0, within(1e-8));
  }
}
