package org.sparkvae.distribution;

import java.util.OptionalDouble;
import org.sparkvae.tensor.Matrix;

/** A distribution that can be drawn from and that can tell the density of any value. */
public interface Scorable extends Samplable, Distribution {
  @Override
  default Matrix sample() {
    return draw().value();
  }

  /**
   * The value below which a dimension lies with a probability, whatever the other dimensions are,
   * where that has a closed form.
   *
   * @param dimension from 0
   * @param probability above 0, below 1
   */
  default OptionalDouble quantile(int dimension, double probability) {
    return OptionalDouble.empty();
  }
}
