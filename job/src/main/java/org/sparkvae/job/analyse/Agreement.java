package org.sparkvae.job.analyse;

import java.util.Arrays;

/**
 * How far clusters agree with labels.
 *
 * @param counts images of each cluster and label, [clusters][labels], at least one in all
 */
record Agreement(long[][] counts) {
  /** The share of images that have the most common label of their cluster. */
  double purity() {
    return (double) Arrays.stream(counts).mapToLong(of -> Arrays.stream(of).max().orElse(0)).sum()
        / all();
  }

  /**
   * The adjusted Rand index (Hubert & Arabie, "Comparing partitions", 1985, eq. 5): 1 where both
   * are the same partition, 0 on average where they are independent.
   */
  double adjustedRand() {
    double together = 0;
    double inClusters = 0;
    long[] labels = new long[counts[0].length];
    for (long[] cluster : counts) {
      for (int label = 0; label < labels.length; label++) {
        together += pairs(cluster[label]);
        labels[label] += cluster[label];
      }
      inClusters += pairs(Arrays.stream(cluster).sum());
    }
    double inLabels = Arrays.stream(labels).mapToDouble(Agreement::pairs).sum();
    double expected = inClusters * inLabels / Math.max(1, pairs(all()));
    double most = (inClusters + inLabels) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private long all() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  private static double pairs(long images) {
    return images * (images - 1.0) / 2;
  }
}
