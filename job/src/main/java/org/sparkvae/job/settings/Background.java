package org.sparkvae.job.settings;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What shows through transparency, and around images that are fitted into another shape.
 *
 * @param red in 0 .. 255
 * @param green likewise
 * @param blue likewise
 */
public record Background(int red, int green, int blue) implements Serializable {
  /** The default. */
  public static final Background BLACK = new Background(0, 0, 0);

  private static final Background WHITE = new Background(255, 255, 255);
  private static final Pattern HEXADECIMAL = Pattern.compile("#[0-9a-fA-F]{6}");

  /** Reads {@code black}, {@code white} or {@code #rrggbb}; empty for another text. */
  public static Optional<Background> parse(String text) {
    if (text.equals("black")) {
      return Optional.of(BLACK);
    }
    if (text.equals("white")) {
      return Optional.of(WHITE);
    }
    if (!HEXADECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    int rgb = Integer.parseInt(text.substring(1), 16);
    return Optional.of(new Background(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff));
  }
}
