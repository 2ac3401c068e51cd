package org.sparkvae;

import java.util.Locale;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;

/**
 * Refuses what a model cannot be given, in one line that says what, where, and what to do.
 *
 * @param shape of an image
 * @param codeLength dimensions of a code
 * @param support what values the model is a distribution of
 */
record Inputs(Shape shape, int codeLength, Support support) {
  private static final int LARGEST_LEVEL = 255;

  /** A level's float differs from it by less, as a share of the distance of two levels. */
  private static final double ROUNDING = 1e-3;

  /**
   * Checks images.
   *
   * @throws IllegalArgumentException where there is none, or one of another size, or a value is not
   *     in [0, 1]
   */
  void images(float[][] images) {
    rows("image", images, shape.values(), "%d x %d pixels of %d values, rows from top to bottom");
    for (int i = 0; i < images.length; i++) {
      for (int d = 0; d < images[i].length; d++) {
        if (!(images[i][d] >= 0 && images[i][d] <= 1)) {
          throw refused(i, d, images, "which is not in [0, 1]; divide levels of 0 .. 255 by 255");
        }
      }
    }
  }

  /**
   * Checks that images, otherwise sound, are what the model has a log p(x) of.
   *
   * @throws IllegalArgumentException where a value has none
   */
  void scored(float[][] images) {
    for (int i = 0; i < images.length; i++) {
      for (int d = 0; d < images[i].length; d++) {
        if (!isInSupport(images[i][d])) {
          throw refused(i, d, images, outside());
        }
      }
    }
  }

  private boolean isInSupport(float value) {
    return switch (support) {
      case BITS -> value == 0 || value == 1;
      case LEVELS -> {
        double level = (double) value * LARGEST_LEVEL;
        yield Math.abs(level - Math.rint(level)) < ROUNDING;
      }
      case INTENSITIES -> true;
    };
  }

  private String outside() {
    return support == Support.BITS
        ? "and this model's log p(x) is of bits, 0 or 1; draw them by binarise(images, seed)"
        : "and this model's log p(x) is of levels, k / 255; round to Math.round(255 * x) / 255f";
  }

  /**
   * Checks codes.
   *
   * @throws IllegalArgumentException where there is none, or one of another length, or a value is
   *     not a finite number
   */
  void codes(float[][] codes) {
    rows("code", codes, codeLength, "one a latent dimension");
    for (int i = 0; i < codes.length; i++) {
      for (int d = 0; d < codes[i].length; d++) {
        if (!Float.isFinite(codes[i][d])) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "code %d has %s at %d; give finite numbers", i, codes[i][d], d));
        }
      }
    }
  }

  /**
   * Checks a count.
   *
   * @throws IllegalArgumentException where it is below 1
   */
  static void atLeastOne(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be at least 1, but is %d", name, count));
    }
  }

  /**
   * Checks that there is something.
   *
   * @throws IllegalArgumentException where it is null
   */
  static void given(String what, Object argument) {
    if (argument == null) {
      throw new IllegalArgumentException("%s is null; give one".formatted(what));
    }
  }

  private void rows(String what, float[][] rows, int length, String layout) {
    given("the array of %ss".formatted(what), rows);
    if (rows.length == 0) {
      throw new IllegalArgumentException("there is no %s; give at least one".formatted(what));
    }
    for (int i = 0; i < rows.length; i++) {
      given(String.format(Locale.ROOT, "%s %d", what, i), rows[i]);
      if (rows[i].length != length) {
        String meaning =
            String.format(Locale.ROOT, layout, shape.height(), shape.width(), shape.channels());
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s %d has %d values, but the model's have %d: %s",
                what,
                i,
                rows[i].length,
                length,
                meaning));
      }
    }
  }

  private IllegalArgumentException refused(int image, int place, float[][] images, String why) {
    int pixel = place / shape.channels();
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "image %d has %s at %d (row %d, column %d), %s",
            image,
            images[image][place],
            place,
            pixel / shape.width(),
            pixel % shape.width(),
            why));
  }
}
