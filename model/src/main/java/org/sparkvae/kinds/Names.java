package org.sparkvae.kinds;

import java.util.Locale;

/** How kinds and choices are named where people write them. */
final class Names {
  private Names() {}

  /** ImportanceWeighted is importance-weighted. */
  static String of(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** PER_PIXEL is per-pixel. */
  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
