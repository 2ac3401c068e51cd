package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkvae.host.VectorMath;

/**
 * The probability of levels under discretised logistics (see {@link LogisticFormula}) as ratio *
 * e^exponent, so that one logarithm serves a pixel whatever the probability, and the derivatives of
 * its logarithm. Works on rows in the heap that are padded to whole vectors, in short loops, of
 * which the compiler keeps every vector in registers.
 */
final class VectorLogistic {
  private static final float HALF = (float) LogisticFormula.HALF;

  private final float least;
  private final float most;

  private final float[] x;
  private final float[] isFirst;
  private final float[] isLast;

  /** In: the locations; out: the derivatives by them. */
  final float[] location;

  /** In: the raw log-scales; out: the derivatives by them. */
  final float[] raw;

  /** Out: exponents, 0 or below. */
  final float[] exponent;

  /** Out: ratios, above 0 and at most 1. */
  final float[] ratio;

  private final float[] inverse;
  private final float[] below;
  private final float[] above;
  private final float[] width;

  /**
   * For a row.
   *
   * @param levels the levels
   * @param bounds of the log-scales
   */
  VectorLogistic(LevelRow levels, LogScales bounds) {
    x = levels.x();
    isFirst = levels.isFirst();
    isLast = levels.isLast();
    int padded = x.length;
    least = (float) bounds.least();
    most = (float) bounds.most();
    location = new float[padded];
    raw = new float[padded];
    exponent = new float[padded];
    ratio = new float[padded];
    inverse = new float[padded];
    below = new float[padded];
    above = new float[padded];
    width = new float[padded];
  }

  /** Computes the outs but for the derivatives, from the ins. */
  void score() {
    hold();
    toInverse();
    toUpperDecay();
    toUpper();
    toLowerDecay();
    toLower();
    toWidth();
  }

  /** The held log-scale, with its sign turned, and x - m in place of m. */
  private void hold() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector free = load(raw, d);
      free.blend(least, free.lt(least))
          .blend(most, free.compare(VectorOperators.GT, most))
          .neg()
          .intoArray(inverse, d);
      load(x, d).sub(load(location, d)).intoArray(location, d);
    }
  }

  /** 1 / s. */
  private void toInverse() {
    for (int d = 0; d < x.length; d += LANES) {
      VectorMath.exp(load(inverse, d)).intoArray(inverse, d);
    }
  }

  /** u, and e^-|u|. */
  private void toUpperDecay() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector u = load(location, d).add(HALF).mul(load(inverse, d));
      u.intoArray(exponent, d);
      VectorMath.decay(u.abs().neg()).intoArray(below, d);
    }
  }

  /** -softplus(-u) as -max(-u, 0) - log(1 + e^-|u|), and sigma(-u); 0 and 0 at the last level. */
  private void toUpper() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector u = load(exponent, d);
      FloatVector e = load(below, d);
      FloatVector last = load(isLast, d);
      FloatVector counts = all(1f).sub(last);
      FloatVector factor = all(1f).div(e.add(1f));
      FloatVector sigmoid = factor.blend(factor.mul(e), u.compare(VectorOperators.GE, 0f));
      VectorMath.positive(u.neg()).neg().mul(counts).intoArray(exponent, d);
      factor.fma(counts, last).intoArray(ratio, d);
      sigmoid.mul(counts).intoArray(below, d);
    }
  }

  /** l, and e^-|l|. */
  private void toLowerDecay() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector l = load(location, d).sub(HALF).mul(load(inverse, d));
      l.intoArray(width, d);
      VectorMath.decay(l.abs().neg()).intoArray(above, d);
    }
  }

  /** -softplus(l) likewise, and sigma(l); 0 and 0 at the first level. */
  private void toLower() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector l = load(width, d);
      FloatVector e = load(above, d);
      FloatVector first = load(isFirst, d);
      FloatVector counts = all(1f).sub(first);
      FloatVector factor = all(1f).div(e.add(1f));
      FloatVector sigmoid = factor.mul(e).blend(factor, l.compare(VectorOperators.GE, 0f));
      load(exponent, d).sub(VectorMath.positive(l).mul(counts)).intoArray(exponent, d);
      load(ratio, d).mul(factor.fma(counts, first)).intoArray(ratio, d);
      sigmoid.mul(counts).intoArray(above, d);
    }
  }

  /** 1 - e^-d; 1 at the first and the last level. */
  private void toWidth() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector share = VectorMath.expm1(load(inverse, d).mul(-2 * HALF)).neg();
      FloatVector end = load(isFirst, d).add(load(isLast, d));
      share.fma(all(1f).sub(end), end).intoArray(width, d);
    }
    for (int d = 0; d < x.length; d += LANES) {
      load(ratio, d).mul(load(width, d)).intoArray(ratio, d);
    }
  }

  /**
   * Puts the derivatives of log p in the places of the locations and raw log-scales, after {@link
   * #score}: (sigma(l) - sigma(-u)) / s, and sigma(l) l - sigma(-u) u - d e^-d / (1 - e^-d).
   */
  void derive() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector share = load(width, d);
      FloatVector precision = load(inverse, d);
      all(1f).sub(share).mul(precision).mul(2 * HALF).div(share).intoArray(width, d);
    }
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector error = load(location, d);
      FloatVector precision = load(inverse, d);
      FloatVector under = load(below, d);
      FloatVector over = load(above, d);
      over.sub(under).mul(precision).intoArray(location, d);
      over.mul(error.sub(HALF))
          .sub(under.mul(error.add(HALF)))
          .mul(precision)
          .sub(load(width, d))
          .intoArray(below, d);
    }
    for (int d = 0; d < x.length; d += LANES) {
      // At the bounds and outside of them there is no derivative.
      FloatVector free = load(raw, d);
      load(below, d)
          .blend(0f, free.compare(VectorOperators.LE, least))
          .blend(0f, free.compare(VectorOperators.GE, most))
          .intoArray(raw, d);
    }
  }
}
