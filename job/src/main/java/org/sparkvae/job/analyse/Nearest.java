package org.sparkvae.job.analyse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkvae.job.apply.SeenImage;
import scala.Tuple2;

/**
 * The nearest images of some to others, as a person sees them: exactly, by the Euclidean distance
 * of all values, in one pass over the executors.
 *
 * @param ids of the nearest, [queries]; of several at the same distance the least
 * @param distances to them, [queries]
 */
record Nearest(long[] ids, double[] distances) {
  /** Values after which it is seen whether an image is too far off already. */
  private static final int STRIDE = 64;

  /**
   * Of a set that has at least one image.
   *
   * @param queries [n][values]
   */
  static Nearest of(float[][] queries, JavaRDD<SeenImage> images) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(images.context());
    Broadcast<float[][]> shared = spark.broadcast(queries);
    try {
      Tuple2<long[], double[]> found =
          images
              .mapPartitions(some -> List.of(among(some, shared.value())).iterator())
              .reduce(Nearest::nearer);
      double[] distances = Arrays.stream(found._2()).map(Math::sqrt).toArray();
      return new Nearest(found._1(), distances);
    } finally {
      shared.destroy();
    }
  }

  private static Tuple2<long[], double[]> among(Iterator<SeenImage> images, float[][] queries) {
    long[] ids = new long[queries.length];
    double[] squares = new double[queries.length];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    while (images.hasNext()) {
      SeenImage image = images.next();
      for (int q = 0; q < queries.length; q++) {
        double square = squared(queries[q], image.shown(), squares[q]);
        if (square < squares[q] || square == squares[q] && image.id() < ids[q]) {
          squares[q] = square;
          ids[q] = image.id();
        }
      }
    }
    return new Tuple2<>(ids, squares);
  }

  /** The squared distance, or what is above a limit where it is. */
  private static double squared(float[] one, float[] other, double limit) {
    double sum = 0;
    for (int from = 0; from < one.length && sum <= limit; from += STRIDE) {
      int to = Math.min(one.length, from + STRIDE);
      for (int d = from; d < to; d++) {
        float difference = one[d] - other[d];
        sum += difference * difference;
      }
    }
    return sum;
  }

  private static Tuple2<long[], double[]> nearer(
      Tuple2<long[], double[]> one, Tuple2<long[], double[]> other) {
    long[] ids = one._1().clone();
    double[] squares = one._2().clone();
    for (int q = 0; q < ids.length; q++) {
      double square = other._2()[q];
      if (square < squares[q] || square == squares[q] && other._1()[q] < ids[q]) {
        squares[q] = square;
        ids[q] = other._1()[q];
      }
    }
    return new Tuple2<>(ids, squares);
  }

  /** The images of a set that have some ids, by these, as a person sees them. */
  static Map<Long, float[]> images(long[] ids, JavaRDD<SeenImage> images) {
    Set<Long> wanted = new HashSet<>();
    Arrays.stream(ids).forEach(wanted::add);
    Map<Long, float[]> found = new HashMap<>();
    List<Tuple2<Long, float[]>> all =
        images
            .filter(image -> wanted.contains(image.id()))
            .map(image -> new Tuple2<>(image.id(), image.shown()))
            .collect();
    all.forEach(image -> found.put(image._1(), image._2()));
    return found;
  }

  /** The first images of a set by id, at most so many. */
  static List<Tuple2<Long, float[]>> first(int most, JavaRDD<SeenImage> images) {
    long[] ids =
        images.map(SeenImage::id).takeOrdered(most).stream().mapToLong(Long::longValue).toArray();
    List<Tuple2<Long, float[]>> first = new ArrayList<>();
    images(ids, images).forEach((id, values) -> first.add(new Tuple2<>(id, values)));
    first.sort(Comparator.comparing(Tuple2::_1));
    return first;
  }
}
