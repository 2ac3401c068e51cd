package org.sparkvae.job.train;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.prior.Gaussians;

/**
 * A mixture of Gaussians of maximum likelihood, by Spark ML's expectation-maximisation.
 *
 * <p>Spark adds up what its partitions give in the order in which they are done, so the codes are
 * brought into one, in the order of their images' ids: the same codes give the same bits, however
 * they are spread. One task holds them all, 8 bytes a dimension and somewhat more.
 *
 * @param found the mixture
 * @param iterations that it took
 * @param logDensity mean log-density of the codes under the mixture of the iteration before the
 *     last, nats
 */
record MixtureFit(Gaussians found, int iterations, double logDensity) {
  private static final String CODE = "code";

  /**
   * Fits a mixture.
   *
   * @param codes by their images' ids
   * @param images how many there are
   * @param seed of the codes that it starts from
   */
  static MixtureFit of(
      JavaPairRDD<Long, float[]> codes, FittedMixture mixture, long images, long seed) {
    SparkSession session = SparkSession.builder().sparkContext(codes.context()).getOrCreate();
    JavaRDD<Row> rows = codes.sortByKey(true, 1).values().map(MixtureFit::row);
    StructType schema = new StructType().add(CODE, SQLDataTypes.VectorType(), false);
    GaussianMixture fit =
        new GaussianMixture()
            .setFeaturesCol(CODE)
            .setK(mixture.components())
            .setMaxIter(mixture.iterations())
            .setTol(mixture.tolerance() * images)
            .setSeed(seed);
    GaussianMixtureModel model = fit.fit(session.createDataFrame(rows, schema));
    return new MixtureFit(
        gaussians(model), model.summary().numIter(), model.summary().logLikelihood() / images);
  }

  private static Row row(float[] code) {
    double[] values = IntStream.range(0, code.length).mapToDouble(d -> code[d]).toArray();
    return RowFactory.create(Vectors.dense(values));
  }

  private static Gaussians gaussians(GaussianMixtureModel model) {
    int components = model.getK();
    double[][] means = new double[components][];
    double[][][] covariances = new double[components][][];
    for (int k = 0; k < components; k++) {
      MultivariateGaussian gaussian = model.gaussians()[k];
      means[k] = gaussian.mean().toArray();
      int latent = means[k].length;
      covariances[k] = new double[latent][latent];
      for (int i = 0; i < latent; i++) {
        for (int j = 0; j < latent; j++) {
          covariances[k][i][j] = gaussian.cov().apply(i, j);
        }
      }
    }
    return new Gaussians(model.weights(), means, covariances);
  }
}
