package org.sparkvae.kinds;

import java.util.Locale;
import java.util.regex.Pattern;

/** How kinds, components and choices are named where people write them. */
public final class Names {
  private static final Pattern WORD_BREAK = Pattern.compile("(?<=.)(?=[A-Z])");

  private Names() {}

  /** ImportanceWeighted is importance-weighted. */
  public static String of(Class<?> kind) {
    return kebab(kind.getSimpleName());
  }

  /** PER_PIXEL is per-pixel. */
  public static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String kebab(String camelCase) {
    return WORD_BREAK.matcher(camelCase).replaceAll("-").toLowerCase(Locale.ROOT);
  }
}
