package org.sparkvae.job.analyse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;
import org.sparkvae.job.analyse.Clusters.Found;
import org.sparkvae.job.fitting.MaximumLikelihood;
import org.sparkvae.mixture.MixtureDensity;
import org.sparkvae.prior.Gaussians;

/**
 * A Gaussian mixture of full covariances that starts from clusters: their shares, means and
 * variances. From random ones it often ends in a worse place.
 *
 * @param steps at most
 */
record Mixture(int steps) {
  private static final double TOLERANCE = 1e-5;

  /** A cluster of one image has no variance. */
  private static final double JITTER = 1e-6;

  /**
   * The mixture.
   *
   * @param clusters with the images that are in them; those without any are left out
   */
  Found from(Found clusters) {
    Dataset<Row> assigned = clusters.assigned();
    JavaRDD<double[]> vectors =
        assigned.select(Clusters.VECTOR).toJavaRDD().map(row -> row.<Vector>getAs(0).toArray());
    vectors.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Gaussians found =
          new MaximumLikelihood(steps, TOLERANCE, JITTER).from(start(assigned), vectors).mixture();
      return new Found(Clusters.MIXTURE, found.means(), found.weights(), assigned(assigned, found));
    } finally {
      vectors.unpersist(false);
    }
  }

  private static Gaussians start(Dataset<Row> assigned) {
    List<Row> clusters =
        assigned
            .groupBy(Clusters.PREDICTION)
            .agg(
                count(Clusters.VECTOR),
                Summarizer.mean(col(Clusters.VECTOR)),
                Summarizer.variance(col(Clusters.VECTOR)))
            .orderBy(Clusters.PREDICTION)
            .collectAsList();
    double images = clusters.stream().mapToLong(row -> row.getLong(1)).sum();
    return new Gaussians(
        clusters.stream().mapToDouble(row -> row.getLong(1) / images).toArray(),
        clusters.stream().map(row -> row.<Vector>getAs(2).toArray()).toArray(double[][]::new),
        clusters.stream().map(row -> diagonal(row.getAs(3))).toArray(double[][][]::new));
  }

  private static double[][] diagonal(Vector variances) {
    double[][] matrix = new double[variances.size()][variances.size()];
    for (int d = 0; d < matrix.length; d++) {
      matrix[d][d] = variances.apply(d);
    }
    return matrix;
  }

  /** The same images with the component that is most probable for each. */
  private static Dataset<Row> assigned(Dataset<Row> clusters, Gaussians mixture) {
    int place = clusters.schema().fieldIndex(Clusters.PREDICTION);
    int vector = clusters.schema().fieldIndex(Clusters.VECTOR);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(clusters.sparkSession().sparkContext());
    // It goes with the rows that are assigned by it.
    Broadcast<MixtureDensity> density = context.broadcast(MixtureDensity.of(mixture, JITTER));
    return clusters
        .sparkSession()
        .createDataFrame(
            clusters
                .toJavaRDD()
                .map(
                    row -> {
                      Object[] values = new Object[row.size()];
                      Arrays.setAll(values, row::get);
                      values[place] =
                          density.value().mostProbable(row.<Vector>getAs(vector).toArray());
                      return RowFactory.create(values);
                    }),
            clusters.schema());
  }
}
