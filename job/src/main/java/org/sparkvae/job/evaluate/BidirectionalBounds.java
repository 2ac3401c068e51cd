package org.sparkvae.job.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparkvae.annealing.Bidirectional.Bounds;

/**
 * Bounds of log p(x) from both sides, over images that were simulated from the model. Nats.
 *
 * @param images how many
 * @param lower mean over them
 * @param upper mean over them
 * @param gapError standard error of the mean of upper less lower; NaN for one image
 */
public record BidirectionalBounds(int images, double lower, double upper, double gapError) {
  static BidirectionalBounds of(List<Bounds> bounds) {
    int images = bounds.size();
    double gap = mean(bounds, BidirectionalBounds::gap);
    double squares = mean(bounds, of -> (gap(of) - gap) * (gap(of) - gap));
    return new BidirectionalBounds(
        images,
        mean(bounds, Bounds::lower),
        mean(bounds, Bounds::upper),
        Math.sqrt(squares / (images - 1)));
  }

  private static double gap(Bounds of) {
    return of.upper() - of.lower();
  }

  private static double mean(List<Bounds> bounds, ToDoubleFunction<Bounds> of) {
    double sum = 0;
    for (Bounds one : bounds) {
      sum += of.applyAsDouble(one);
    }
    return sum / bounds.size();
  }

  /** Mean of upper less lower. */
  public double gap() {
    return upper - lower;
  }
}
