package org.sparkvae.job.report.summary;

import java.util.List;
import java.util.Locale;

/** Numbers as a person reads them, the same in every locale; "-" where there is none. */
public final class Readable {
  private static final String NONE = "-";
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final List<String> BYTES = List.of("kB", "MB", "GB", "TB");

  private Readable() {}

  /** Nats, to a hundredth. */
  public static String nats(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%,.2f", value);
  }

  /** A whole number, its thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** So many of a thing, such as "1 image" and "60,000 images". */
  public static String count(long value, String thing) {
    return count(value) + " " + thing + (value == 1 ? "" : "s");
  }

  /** Bytes in the largest unit of which there is one, such as "47 MB" and "1.4 GB". */
  public static String bytes(long value) {
    int unit = 0;
    double amount = value / 1e3;
    for (; amount >= 1e3 && unit < BYTES.size() - 1; unit++) {
      amount /= 1e3;
    }
    return String.format(
        Locale.ROOT, amount < 10 ? "%,.1f %s" : "%,.0f %s", amount, BYTES.get(unit));
  }

  /** A speed, with a decimal below 100. */
  public static String speed(double perSecond) {
    return Double.isFinite(perSecond)
        ? String.format(Locale.ROOT, perSecond < 99.95 ? "%.1f" : "%,.0f", perSecond)
        : NONE;
  }

  /** A time in its two largest units. */
  public static String time(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return NONE;
    }
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return whole + " s";
    }
    return whole < HOUR
        ? String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE)
        : String.format(Locale.ROOT, "%,d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
  }
}
