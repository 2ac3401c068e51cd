package org.sparkvae.job.data.conversion;

import java.io.Serializable;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.settings.Scale;

/**
 * Maps the values of a source to 256 levels: a value v of the scale a..b becomes the nearest whole
 * number to 255 (v - a) / (b - a), a half rounded up.
 *
 * @param scale of the source
 * @param key of the setting, for messages
 */
public record Levels(Scale scale, String key) implements Serializable {
  private static final String OUTSIDE = "with values outside their scale";

  private static final int MOST = 255;

  /**
   * The level of a value.
   *
   * @param index of the value in its image, for the message
   * @throws UnusableImageException where the value lies outside the scale, or is NaN
   */
  public byte of(double value, int index) throws UnusableImageException {
    if (!holds(value)) {
      throw new UnusableImageException(OUTSIDE, "value " + index + " is " + outside(value));
    }
    return (byte) level(value);
  }

  /** The level of a byte, as a number from 0 to 255. */
  int of(int sample) throws UnusableImageException {
    if (scale == Scale.BYTES) {
      return sample;
    }
    if (!holds(sample)) {
      throw new UnusableImageException(OUTSIDE, "has the value " + outside(sample));
    }
    return level(sample);
  }

  /** Replaces the bytes of an image by their levels; the range of its values. */
  public ValueRange replace(byte[] bytes, int offset, int count) throws UnusableImageException {
    if (scale != Scale.BYTES) {
      for (int i = offset; i < offset + count; i++) {
        bytes[i] = (byte) of(bytes[i] & 0xff);
      }
    }
    return range(bytes, offset, count);
  }

  /** The range of the values that the levels of an image stand for. */
  public ValueRange range(byte[] image, int offset, int count) {
    int least = MOST;
    int greatest = 0;
    for (int i = offset; i < offset + count; i++) {
      int level = image[i] & 0xff;
      least = Math.min(least, level);
      greatest = Math.max(greatest, level);
    }
    return new ValueRange(value(least), value(greatest));
  }

  private double value(int level) {
    return scale.least() + level * (scale.most() - scale.least()) / MOST;
  }

  /** How many levels two values are apart. */
  public double apart(double less, double greater) {
    return MOST * (greater - less) / (scale.most() - scale.least());
  }

  private boolean holds(double value) {
    return value >= scale.least() && value <= scale.most();
  }

  private int level(double value) {
    return (int) Math.floor(apart(scale.least(), value) + 0.5);
  }

  private String outside(double value) {
    String hint =
        value < 0 && value >= Scale.SYMMETRIC.least()
            ? "; set " + key + " = " + Scale.SYMMETRIC + " if its values are of that range"
            : "";
    return text(value) + ", outside " + key + " = " + scale + hint;
  }

  /** A value as messages show it, without the fraction of a whole number. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
