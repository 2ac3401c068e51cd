package org.sparkvae.job.analyse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.mllib.clustering.GaussianMixture;
import org.apache.spark.mllib.clustering.GaussianMixtureModel;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkvae.job.analyse.Clusters.Found;

/**
 * A Gaussian mixture of full covariances by EM, which starts from clusters: their shares, means and
 * variances. From random ones, as Spark ML starts, it often ends in a worse place.
 *
 * @param steps at most
 */
record Mixture(int steps) {
  /** Of the variances that it starts from: a cluster of one image has none. */
  private static final double LEAST_VARIANCE = 1e-6;

  /**
   * The mixture.
   *
   * @param clusters with the images that are in them; those without any are left out
   */
  Found from(Found clusters) {
    Dataset<Row> assigned = clusters.assigned();
    JavaRDD<org.apache.spark.mllib.linalg.Vector> points =
        assigned.select(Clusters.VECTOR).toJavaRDD().map(row -> Vectors.fromML(row.getAs(0)));
    points.cache();
    try {
      GaussianMixtureModel start = start(assigned);
      GaussianMixtureModel model =
          new GaussianMixture()
              .setK(start.k())
              .setMaxIterations(steps)
              .setInitialModel(start)
              .run(points);
      double[][] means =
          Arrays.stream(model.gaussians()).map(of -> of.mu().toArray()).toArray(double[][]::new);
      return new Found(Clusters.MIXTURE, means, model.weights(), assigned(assigned, model));
    } finally {
      points.unpersist(false);
    }
  }

  private static GaussianMixtureModel start(Dataset<Row> assigned) {
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
    double[] weights = clusters.stream().mapToDouble(row -> row.getLong(1) / images).toArray();
    MultivariateGaussian[] gaussians =
        clusters.stream()
            .map(row -> gaussian(row.getAs(2), row.getAs(3)))
            .toArray(MultivariateGaussian[]::new);
    return new GaussianMixtureModel(weights, gaussians);
  }

  private static MultivariateGaussian gaussian(Vector mean, Vector variances) {
    double[] floored =
        Arrays.stream(variances.toArray()).map(of -> Math.max(LEAST_VARIANCE, of)).toArray();
    return new MultivariateGaussian(Vectors.fromML(mean), Matrices.diag(Vectors.dense(floored)));
  }

  /** The same images with the component that is most probable for each. */
  private static Dataset<Row> assigned(Dataset<Row> clusters, GaussianMixtureModel model) {
    int place = clusters.schema().fieldIndex(Clusters.PREDICTION);
    int vector = clusters.schema().fieldIndex(Clusters.VECTOR);
    return clusters
        .sparkSession()
        .createDataFrame(
            clusters
                .toJavaRDD()
                .map(
                    row -> {
                      Object[] values = new Object[row.size()];
                      Arrays.setAll(values, row::get);
                      values[place] = model.predict(Vectors.fromML(row.getAs(vector)));
                      return RowFactory.create(values);
                    }),
            clusters.schema());
  }
}
