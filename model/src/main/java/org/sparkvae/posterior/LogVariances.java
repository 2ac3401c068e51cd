package org.sparkvae.posterior;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;

/** Which log-variances an encoder may give. */
public sealed interface LogVariances extends Serializable {
  /**
   * Records parameters with what it allows.
   *
   * @param packed means, then log-variances, [images, 2 latent]
   */
  Matrix held(Recorder recorder, Matrix packed);

  /** Any. */
  record Free() implements LogVariances {
    @Override
    public Matrix held(Recorder recorder, Matrix packed) {
      return packed;
    }
  }

  /**
   * Those between two bounds; what lies outside is taken to the nearer one and has no derivative
   * (Tomczak & Welling, "VAE with a VampPrior", 2018: -6 and 2 in their experiments).
   */
  record Bounded(
      @Setting(says = "The least log-variance.", otherwise = "-6.0") double least,
      @Setting(says = "The greatest log-variance, above the least.", otherwise = "2.0") double most)
      implements LogVariances {
    private static final Formula.Operand PACKED = Formula.value("packed");
    private static final Formula.Operand LEAST = Formula.column("least");
    private static final Formula.Operand MOST = Formula.column("most");
    private static final Formula BELOW = LEAST.minus(PACKED).apply(Function.STEP);
    private static final Formula ABOVE = PACKED.minus(MOST).apply(Function.STEP);

    /** What lies inside is as it was, to the bit; a NaN stays one. */
    private static final Formula HELD =
        PACKED
            .times(Formula.number(1).minus(BELOW).minus(ABOVE))
            .plus(LEAST.times(BELOW))
            .plus(MOST.times(ABOVE));

    /** A bound that no float is beyond, and that 0 makes 0. */
    private static final double NONE = Float.MAX_VALUE;

    /** Checks the bounds. */
    public Bounded {
      if (!(least < most) || Double.isInfinite(least) || Double.isInfinite(most)) {
        throw new IllegalArgumentException(
            "least must be below most, but is " + least + ", and most is " + most);
      }
    }

    @Override
    public Matrix held(Recorder recorder, Matrix packed) {
      Map<Formula.Operand, Argument> arguments =
          Map.of(
              PACKED,
              packed,
              LEAST,
              bounds(packed.columns(), -NONE, least),
              MOST,
              bounds(packed.columns(), NONE, most));
      return recorder.map(HELD, arguments);
    }

    /** The second half of the columns are held. */
    private static Matrix bounds(int columns, double none, double bound) {
      double[] bounds = new double[columns];
      Arrays.fill(bounds, 0, columns / 2, none);
      Arrays.fill(bounds, columns / 2, columns, bound);
      return Matrix.of(1, columns, bounds);
    }
  }
}
