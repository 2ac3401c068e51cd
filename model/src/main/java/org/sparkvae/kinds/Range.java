package org.sparkvae.kinds;

import java.math.BigDecimal;

/**
 * Which numbers a setting may be; never one that is infinite or not a number.
 *
 * @param least it may be; negative infinity for no limit
 * @param most it may be; infinity for no limit
 * @param above what it must be; negative infinity for no limit
 * @param below what it must be; infinity for no limit
 */
public record Range(double least, double most, double above, double below) {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Every number. */
  public static final Range ANY = new Range(-NONE, NONE, -NONE, NONE);

  /** Numbers above 0. */
  public static final Range ABOVE_ZERO = new Range(-NONE, NONE, 0, NONE);

  /** Numbers from 0 on. */
  public static final Range AT_LEAST_ZERO = atLeast(0);

  /** Numbers from 0 to 1. */
  public static final Range FRACTION = new Range(0, 1, -NONE, NONE);

  /** Numbers from 0 to below 1. */
  public static final Range PROPER_FRACTION = new Range(0, NONE, -NONE, 1);

  /** Numbers from one on. */
  public static Range atLeast(double least) {
    return new Range(least, NONE, -NONE, NONE);
  }

  static Range of(Setting setting) {
    return new Range(setting.least(), setting.most(), setting.above(), setting.below());
  }

  /** Whether a number is in it. */
  public boolean contains(double value) {
    return Double.isFinite(value)
        && value >= least
        && value <= most
        && value > above
        && value < below;
  }

  /** As it ends "must be a number", with a space before it; empty for every number. */
  public String text() {
    if (least > -NONE && most < NONE) {
      return " from " + plain(least) + " to " + plain(most);
    }
    String from =
        least > -NONE
            ? " of at least " + plain(least)
            : above > -NONE ? " above " + plain(above) : "";
    String to =
        most < NONE ? " of at most " + plain(most) : below < NONE ? " below " + plain(below) : "";
    return from + (from.isEmpty() || to.isEmpty() ? "" : " and") + to;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
