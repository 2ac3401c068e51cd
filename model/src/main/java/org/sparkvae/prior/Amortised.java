package org.sparkvae.prior;

import java.util.function.Function;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;

/**
 * The posterior q(z|x) as a function of x.
 *
 * @param values of an image
 * @param posterior records q(z|x) for each row of x, [rows, values]
 */
public record Amortised(int values, Function<Matrix, Samplable> posterior) {
  /** Records q(z|x) for each row of x, [rows, values]. */
  Samplable of(Matrix x) {
    return posterior.apply(x);
  }
}
