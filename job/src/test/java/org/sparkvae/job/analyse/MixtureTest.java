package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.analyse.Clusters.Found;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class MixtureTest {
  private static final int DIMENSIONS = 50;
  private static final int IMAGES = 600;
  private static final int CLUSTERS = 3;

  /**
   * Clusters of unit variance, apart in a third of the dimensions each; one image in ten is lost.
   */
  private static Found clusters() {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      int cluster = i % CLUSTERS;
      double[] vector = new double[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        vector[d] = random.nextGaussian() + (d % CLUSTERS == cluster ? 3 : 0);
      }
      int said = i % 10 == 0 ? (cluster + 1) % CLUSTERS : cluster;
      rows.add(RowFactory.create(cluster, Vectors.dense(vector), said));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.IntegerType)
            .add(Clusters.VECTOR, SQLDataTypes.VectorType())
            .add(Clusters.PREDICTION, DataTypes.IntegerType);
    Dataset<Row> assigned = LocalSpark.session().createDataFrame(rows, schema);
    return new Found("given", new double[CLUSTERS][DIMENSIONS], new double[0], assigned);
  }

  /** Where densities are far below those that float64 tells from 0. */
  @Test
  void findsClustersInManyDimensions() {
    Found found = new Mixture(100).from(clusters());
    assertThat(found.weights())
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-3));
    assertThat(found.means()[1][1]).isCloseTo(3, within(0.3));
    assertThat(found.means()[1][2]).isCloseTo(0, within(0.3));
    assertThat(found.assigned().where("label = " + Clusters.PREDICTION).count()).isEqualTo(IMAGES);
  }
}
