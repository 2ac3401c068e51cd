package org.sparkvae.density.levels;

import static org.sparkvae.tensor.formula.Formula.number;

import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;

/**
 * What the formulas of discretised logistics share: the probability of a level x of 0, 1/255, ...,
 * 1 is what a logistic of a location m and a scale s has from x - 1/510 to x + 1/510, and from or
 * to infinity for the first and the last level.
 *
 * <p>With u = (x + 1/510 - m) / s, l = (x - 1/510 - m) / s and d = u - l = 1 / (255 s), the
 * difference of sigmoids sigma(u) - sigma(l) is sigma(u) sigma(-l) (1 - e^-d), of which no factor
 * cancels, however large or small the scale: log p = -softplus(-u) - softplus(l) + log(1 - e^-d).
 * The first level has the first term alone, the last the second.
 */
final class LogisticFormula {
  /** Half of the distance of two levels. */
  static final double HALF = 1.0 / 510;

  private static final double TINY = 1e-7;

  private LogisticFormula() {}

  /** A raw log-scale held between bounds, outside of which its derivative is 0. */
  static Formula held(Formula raw, LogScales bounds) {
    // A minimum that is exact for raws far above, then a maximum that is for those far below.
    Formula least =
        number(bounds.most()).minus(number(bounds.most()).minus(raw).apply(Function.POSITIVE));
    return least.minus(bounds.least()).apply(Function.POSITIVE).plus(bounds.least());
  }

  /** log p of a level x. */
  static Formula logProbability(Formula x, Formula location, Formula logScale) {
    Formula inverse = logScale.apply(Function.NEGATE).apply(Function.EXP);
    Formula error = x.minus(location);
    Formula upper = error.plus(HALF).times(inverse);
    Formula lower = error.minus(HALF).times(inverse);
    Formula notFirst = x.minus(HALF).apply(Function.STEP);
    Formula notLast = number(1 - HALF).minus(x).apply(Function.STEP);
    return notFirst
        .times(notLast)
        .times(logWidth(inverse.times(2 * HALF)))
        .minus(notLast.times(upper.apply(Function.NEGATE).apply(Function.SOFTPLUS)))
        .minus(notFirst.times(lower.apply(Function.SOFTPLUS)));
  }

  /**
   * The mean but for the rounding to levels, which is that of the logistic clipped to [0, 1]: s
   * (softplus(m / s) - softplus((m - 1) / s)).
   */
  static Formula mean(Formula location, Formula logScale) {
    Formula inverse = logScale.apply(Function.NEGATE).apply(Function.EXP);
    return location
        .times(inverse)
        .apply(Function.SOFTPLUS)
        .minus(location.minus(1).times(inverse).apply(Function.SOFTPLUS))
        .times(logScale.apply(Function.EXP));
  }

  /** A draw before it is rounded to a level, from a uniform number. */
  static Formula draw(Formula uniform, Formula location, Formula logScale) {
    // A uniform number may be 0.
    Formula u = uniform.times(1 - 2 * TINY).plus(TINY);
    Formula logit = u.apply(Function.LOG).minus(number(1).minus(u).apply(Function.LOG));
    return location.plus(logScale.apply(Function.EXP).times(logit));
  }

  /** log(1 - e^-d) = log(2 t / (1 + t)), t = tanh(d / 2), which keeps the digits of small d. */
  private static Formula logWidth(Formula d) {
    Formula t = d.times(0.5).apply(Function.TANH);
    return t.times(2).over(t.plus(1)).apply(Function.LOG);
  }
}
