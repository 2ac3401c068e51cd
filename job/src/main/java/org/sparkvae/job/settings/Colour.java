package org.sparkvae.job.settings;

import com.typesafe.config.Config;
import java.util.Locale;

/** The channels that pictures are converted to. */
public enum Colour {
  /** Those of the first picture of the run. */
  AUTO(0),
  /** One. */
  GREY(1),
  /** Red, green and blue. */
  RGB(3);

  private final int channels;

  Colour(int channels) {
    this.channels = channels;
  }

  /** How many, 0 where the pictures tell. */
  public int channels() {
    return channels;
  }

  /** The colour of 1 channel or of 3. */
  public static Colour of(int channels) {
    return channels == 1 ? GREY : RGB;
  }

  /** The colour that a stored configuration has at a key; AUTO where it has none. */
  public static Colour stored(Config config, String key) {
    String text = config.hasPath(key) ? config.getString(key) : "";
    for (Colour colour : values()) {
      if (colour.toString().equals(text)) {
        return colour;
      }
    }
    return AUTO;
  }

  /** As settings say it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
