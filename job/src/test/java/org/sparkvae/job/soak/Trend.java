package org.sparkvae.job.soak;

import java.util.Locale;

/**
 * How a series of measurements grows: the slope of its line of least squares.
 *
 * @param slope from one measurement to the next
 * @param error the slope's standard error, for deviations that are like the ones before them
 */
record Trend(double slope, double error) {
  /** Of a series without growth, one in a thousand has a slope of more errors than that. */
  private static final double SURE = 3;

  private static final double MOST_ALIKE = 0.9;

  static Trend of(double... values) {
    int count = values.length;
    if (count < 4) {
      throw new IllegalArgumentException(count + " measurements show no trend");
    }
    double middle = (count - 1) / 2.0;
    double spread = 0;
    double slope = 0;
    double mean = 0;
    for (int i = 0; i < count; i++) {
      spread += (i - middle) * (i - middle);
      slope += (i - middle) * values[i];
      mean += values[i] / count;
    }
    slope /= spread;
    double squares = 0;
    double products = 0;
    double before = 0;
    for (int i = 0; i < count; i++) {
      double deviation = values[i] - mean - slope * (i - middle);
      squares += deviation * deviation;
      products += deviation * before;
      before = deviation;
    }
    double error = Math.sqrt(squares / (count - 2) / spread);
    return new Trend(slope, error * likeness(squares, products));
  }

  /** By how much the error is larger where each deviation is like the one before it. */
  private static double likeness(double squares, double products) {
    double correlation = squares == 0 ? 0 : Math.max(0, Math.min(MOST_ALIKE, products / squares));
    return Math.sqrt((1 + correlation) / (1 - correlation));
  }

  /** The slope at least, most surely: below 0 where nothing shows that the series grows. */
  double atLeast() {
    return slope - SURE * error;
  }

  /** With another unit of the measurements, or of what lies between two. */
  Trend times(double factor) {
    return new Trend(slope * factor, error * factor);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,.3f +- %,.3f", slope, error);
  }
}
