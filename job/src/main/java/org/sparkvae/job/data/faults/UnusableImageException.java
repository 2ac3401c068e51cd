package org.sparkvae.job.data.faults;

import java.util.Locale;

/** One image cannot be used; the message says why. Whoever fills a block with images catches it. */
public final class UnusableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String advice;

  /**
   * With the usual advice, to mend the image or remove it.
   *
   * @param kind by which such images are counted, in words that follow a number, as in {@code 8
   *     empty} or {@code 9 of 40x30 pixels}; of few different ones
   * @param reason what is wrong, without a full stop
   */
  public UnusableImageException(String kind, String reason) {
    this(kind, reason, "mend or remove it");
  }

  /**
   * With advice of its own.
   *
   * @param advice what to do about it other than to leave it out, as an imperative
   */
  UnusableImageException(String kind, String reason, String advice) {
    super(reason);
    this.kind = kind;
    this.advice = advice;
  }

  /** For an image of another size than the rest, which need not be mended. */
  public static UnusableImageException ofSize(int width, int height, String reason) {
    return new UnusableImageException(
        "of " + width + "x" + height + " pixels",
        reason,
        "mend or remove it, set data.resize to bring all images to one size");
  }

  /**
   * For an image of more values than are read.
   *
   * @param reason what says its size, as {@code its header says}
   */
  public static UnusableImageException tooLarge(String reason, int width, int height, int most) {
    return new UnusableImageException(
        "too large",
        String.format(
            Locale.ROOT,
            "%s %dx%d, more than %,d million values, pixels times channels",
            reason,
            width,
            height,
            most / 1_000_000),
        "scale it down or remove it");
  }

  /** By which such images are counted, in words that follow a number. */
  public String kind() {
    return kind;
  }

  /** What to do about it other than to leave it out. */
  public String advice() {
    return advice;
  }
}
