package org.sparkvae.prior;

import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;

/** The posterior q(z|x) as a function of x. */
@FunctionalInterface
public interface Amortised {
  /** Records q(z|x) for each row of x, [rows, values]. */
  Samplable of(Matrix x);
}
