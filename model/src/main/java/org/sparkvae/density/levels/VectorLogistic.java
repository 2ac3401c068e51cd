package org.sparkvae.density.levels;

import static org.sparkvae.host.HostFloats.load;
import static org.sparkvae.host.VectorMath.LANES;
import static org.sparkvae.host.VectorMath.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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
  private static final float LAST = (float) (1 - LogisticFormula.HALF);

  private final float least;
  private final float most;

  private final float[] x;

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
   * @param x the levels, which the caller sets
   * @param bounds of the log-scales
   */
  VectorLogistic(float[] x, LogScales bounds) {
    this.x = x;
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
    toInverse();
    toUpper();
    toLower();
    toWidth();
  }

  /** 1 / s, in full precision, and x - m in place of m. */
  private void toInverse() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector free = load(raw, d);
      FloatVector logScale =
          free.blend(least, free.lt(least)).blend(most, free.compare(VectorOperators.GT, most));
      VectorMath.exp(logScale.neg()).intoArray(inverse, d);
      load(x, d).sub(load(location, d)).intoArray(location, d);
    }
  }

  /** -softplus(-u) as -max(-u, 0) - log(1 + e^-|u|), and sigma(-u); 0 and 0 at the last level. */
  private void toUpper() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector u = load(location, d).add(HALF).mul(load(inverse, d));
      VectorMask<Float> isLast = load(x, d).compare(VectorOperators.GE, LAST);
      FloatVector e = VectorMath.decay(u.abs().neg());
      FloatVector factor = all(1f).div(e.add(1f));
      FloatVector sigmoid = factor.blend(factor.mul(e), u.compare(VectorOperators.GE, 0f));
      VectorMath.positive(u.neg()).neg().blend(0f, isLast).intoArray(exponent, d);
      factor.blend(1f, isLast).intoArray(ratio, d);
      sigmoid.blend(0f, isLast).intoArray(below, d);
    }
  }

  /** -softplus(l) likewise, and sigma(l); 0 and 0 at the first level. */
  private void toLower() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector l = load(location, d).sub(HALF).mul(load(inverse, d));
      VectorMask<Float> isFirst = load(x, d).lt(HALF);
      FloatVector e = VectorMath.decay(l.abs().neg());
      FloatVector factor = all(1f).div(e.add(1f));
      FloatVector sigmoid = factor.mul(e).blend(factor, l.compare(VectorOperators.GE, 0f));
      FloatVector shift = VectorMath.positive(l).blend(0f, isFirst);
      load(exponent, d).sub(shift).intoArray(exponent, d);
      load(ratio, d).mul(factor.blend(1f, isFirst)).intoArray(ratio, d);
      sigmoid.blend(0f, isFirst).intoArray(above, d);
    }
  }

  /** 1 - e^-d; 1 at the first and the last level. */
  private void toWidth() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector levels = load(x, d);
      VectorMask<Float> isEnd = levels.lt(HALF).or(levels.compare(VectorOperators.GE, LAST));
      FloatVector share = VectorMath.expm1(load(inverse, d).mul(-2 * HALF)).neg().blend(1f, isEnd);
      share.intoArray(width, d);
      load(ratio, d).mul(share).intoArray(ratio, d);
    }
  }

  /**
   * Puts the derivatives of log p in the places of the locations and raw log-scales, after {@link
   * #score}: (sigma(l) - sigma(-u)) / s, and sigma(l) l - sigma(-u) u - d e^-d / (1 - e^-d).
   */
  void derive() {
    for (int d = 0; d < x.length; d += LANES) {
      FloatVector error = load(location, d);
      FloatVector precision = load(inverse, d);
      FloatVector under = load(below, d);
      FloatVector over = load(above, d);
      FloatVector slope = over.sub(under).mul(precision);
      FloatVector byScale =
          over.mul(error.sub(HALF)).sub(under.mul(error.add(HALF))).mul(precision);
      FloatVector share = load(width, d);
      FloatVector byWidth = all(1f).sub(share).mul(precision).mul(2 * HALF).div(share);
      slope.intoArray(location, d);
      byScale.sub(byWidth).blend(0f, isHeld(d)).intoArray(raw, d);
    }
  }

  /** Whether a raw log-scale is at or outside the bounds. */
  private VectorMask<Float> isHeld(int d) {
    FloatVector logScale = load(raw, d);
    return logScale
        .compare(VectorOperators.LE, least)
        .or(logScale.compare(VectorOperators.GE, most));
  }
}
