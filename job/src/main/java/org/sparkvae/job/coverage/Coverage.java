package org.sparkvae.job.coverage;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How often some images' estimates lie within their stated errors of the truth.
 *
 * @param images how many
 * @param withinOne share within one error; NaN of no image
 * @param withinTwo share within two
 * @param difference mean of estimate minus truth, nats
 */
record Coverage(long images, double withinOne, double withinTwo, double difference) {
  /** Of all the images given. */
  static Coverage of(List<Pair> pairs) {
    return new Coverage(
        pairs.size(),
        mean(pairs, pair -> pair.isWithin(1) ? 1 : 0),
        mean(pairs, pair -> pair.isWithin(2) ? 1 : 0),
        mean(pairs, Pair::difference));
  }

  private static double mean(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    return pairs.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
