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
  /** Of a variable without a posterior of images alone, whose priors ask for none. */
  public static Amortised none(int values) {
    return new Amortised(
        values,
        x -> {
          throw new IllegalStateException("the variable has no posterior of an image alone");
        });
  }

  /** Records q(z|x) for each row of x, [rows, values]. */
  Samplable of(Matrix x) {
    return posterior.apply(x);
  }
}
