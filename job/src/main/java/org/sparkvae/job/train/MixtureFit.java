package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.sparkvae.job.fitting.MaximumLikelihood;
import org.sparkvae.mixture.KMeansStart;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.prior.Gaussians;

/**
 * Fits a mixture of Gaussians of maximum likelihood to codes, from the clusters of k-means on.
 *
 * <p>The codes are brought into one partition, in the order of their images' ids: the same codes
 * give the same bits, however they are spread. One task holds them all, 8 bytes a dimension and
 * somewhat more.
 */
final class MixtureFit {
  private MixtureFit() {}

  /**
   * Fits a mixture.
   *
   * @param codes by their images' ids
   * @param seed of the clusters that it starts from
   */
  static MaximumLikelihood.Found of(
      JavaPairRDD<Long, float[]> codes, FittedMixture mixture, long seed) {
    JavaRDD<double[]> inOrder = codes.sortByKey(true, 1).values().map(MixtureFit::doubles);
    inOrder.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Gaussians start =
          inOrder.mapPartitions(all -> Stream.of(start(all, mixture, seed)).iterator()).first();
      return new MaximumLikelihood(mixture.iterations(), mixture.tolerance(), mixture.jitter())
          .from(start, inOrder);
    } finally {
      inOrder.unpersist(false);
    }
  }

  private static double[] doubles(float[] code) {
    return IntStream.range(0, code.length).mapToDouble(d -> code[d]).toArray();
  }

  private static Gaussians start(Iterator<double[]> codes, FittedMixture mixture, long seed) {
    List<double[]> all = new ArrayList<>();
    codes.forEachRemaining(all::add);
    return new KMeansStart(mixture.components(), seed).of(all);
  }
}
