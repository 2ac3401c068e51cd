package org.sparkvae.mixture;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.sparkvae.prior.Gaussians;

/**
 * The mixture that expectation-maximisation starts from: a Gaussian for each cluster of k-means++
 * (Arthur and Vassilvitskii, 2007), with the cluster's share, mean and variances.
 *
 * @param components how many Gaussians
 * @param seed of the vectors that clusters begin with
 */
public record KMeansStart(int components, long seed) {
  private static final int ITERATIONS = 20;

  /**
   * The mixture; where there are fewer vectors than Gaussians, some have no weight.
   *
   * @param vectors at least one
   */
  public Gaussians of(List<double[]> vectors) {
    KMeansPlusPlusClusterer<DoublePoint> clusterer =
        new KMeansPlusPlusClusterer<>(
            Math.min(components, vectors.size()),
            ITERATIONS,
            new EuclideanDistance(),
            new Well19937c(seed));
    List<CentroidCluster<DoublePoint>> clusters =
        clusterer.cluster(vectors.stream().map(DoublePoint::new).toList());
    double[] weights = new double[components];
    double[][] means = new double[components][];
    double[][][] covariances = new double[components][][];
    for (int k = 0; k < clusters.size(); k++) {
      weights[k] = (double) clusters.get(k).getPoints().size() / vectors.size();
      means[k] = clusters.get(k).getCenter().getPoint();
      covariances[k] = variances(clusters.get(k).getPoints(), means[k]);
    }
    Arrays.fill(means, clusters.size(), components, means[0]);
    Arrays.fill(covariances, clusters.size(), components, covariances[0]);
    return new Gaussians(weights, means, covariances);
  }

  /** On the diagonal. */
  private static double[][] variances(List<DoublePoint> vectors, double[] mean) {
    double[][] matrix = new double[mean.length][mean.length];
    for (int d = 0; d < mean.length; d++) {
      int at = d;
      matrix[d][d] =
          vectors.stream()
              .mapToDouble(vector -> vector.getPoint()[at] - mean[at])
              .map(off -> off * off)
              .average()
              .orElse(0);
    }
    return matrix;
  }
}
