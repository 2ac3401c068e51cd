package org.sparkvae.job.fitting;

import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.mixture.Expectation;
import org.sparkvae.mixture.ExpectedMoments;
import org.sparkvae.mixture.MixtureDensity;
import org.sparkvae.prior.Gaussians;
import scala.Tuple2;

/**
 * Expectation-maximisation (Dempster et al., 1977) of vectors that lie in the cluster: each
 * iteration passes over them once. The same partitions give the same bits.
 *
 * <p>Spark's own one computes densities that are no logarithms: where they are below 1e-16, as in
 * some tens of dimensions, its Gaussians all become the same.
 *
 * @param iterations at most
 * @param tolerance iterations end where the mean log-density of a vector rises by less, nats
 * @param jitter added to the variance of each dimension of a Gaussian
 */
public record MaximumLikelihood(int iterations, double tolerance, double jitter) {
  /**
   * What was found.
   *
   * @param mixture without the jitter
   * @param iterations that it took
   * @param logDensity mean log-density of the vectors under the mixture with the jitter, nats
   */
  public record Found(Gaussians mixture, int iterations, double logDensity) {}

  /**
   * Improves a mixture.
   *
   * @param vectors persisted, of one number of dimensions
   */
  public Found from(Gaussians start, JavaRDD<double[]> vectors) {
    Gaussians mixture = start;
    ExpectedMoments moments = moments(mixture, vectors);
    int done = 0;
    while (done < iterations) {
      Gaussians next = moments.maximise(mixture);
      ExpectedMoments ofNext = moments(next, vectors);
      double rise = ofNext.logDensity() - moments.logDensity();
      mixture = next;
      moments = ofNext;
      done++;
      if (rise < tolerance) {
        break;
      }
    }
    return new Found(mixture, done, moments.logDensity());
  }

  private ExpectedMoments moments(Gaussians mixture, JavaRDD<double[]> vectors) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(vectors.context());
    Broadcast<MixtureDensity> density = context.broadcast(MixtureDensity.of(mixture, jitter));
    try {
      return sum(
          vectors.mapPartitionsWithIndex(
              (partition, in) ->
                  Stream.of(new Part(partition, share(in, density.value()))).iterator(),
              true));
    } finally {
      density.destroy();
    }
  }

  private static ExpectedMoments share(Iterator<double[]> vectors, MixtureDensity density) {
    Expectation expectation = new Expectation(density);
    vectors.forEachRemaining(expectation::add);
    return expectation.moments();
  }

  /** Adds parts up in their order: first those of a group, in tasks, then the groups. */
  private static ExpectedMoments sum(JavaRDD<Part> parts) {
    if (parts.getNumPartitions() == 1) {
      return parts.first().moments();
    }
    int inAGroup = (int) Math.ceil(Math.sqrt(parts.getNumPartitions()));
    return inOrder(
        parts
            .mapToPair(part -> new Tuple2<>(part.number() / inAGroup, part))
            .groupByKey(inAGroup)
            .map(group -> new Part(group._1(), inOrder(stream(group._2()))))
            .collect()
            .stream());
  }

  private static Stream<Part> stream(Iterable<Part> parts) {
    return StreamSupport.stream(parts.spliterator(), false);
  }

  private static ExpectedMoments inOrder(Stream<Part> parts) {
    return parts
        .sorted(Comparator.comparingInt(Part::number))
        .map(Part::moments)
        .reduce(ExpectedMoments::add)
        .orElseThrow();
  }
}
