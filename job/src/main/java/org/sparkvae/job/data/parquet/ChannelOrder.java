package org.sparkvae.job.data.parquet;

import java.util.Optional;

/** Tells arrays of arrays of arrays whose channels are not innermost, as torch writes them. */
final class ChannelOrder {
  private ChannelOrder() {}

  /**
   * Why a column of such arrays holds no image, and what to do; nothing where its channels are not
   * the reason.
   *
   * @param rows length of the first array
   * @param pixels length of the arrays in it
   * @param channels length of those in these
   */
  static Optional<String> fault(int rows, int pixels, int channels) {
    if (rows < 1 || pixels < 1 || channels < 1 || isUsual(channels)) {
      return Optional.empty();
    }
    return Optional.of(
        "the first is %d x %d x %d, but channels, 1 or 3, must be innermost; %s"
            .formatted(
                rows,
                pixels,
                channels,
                isUsual(rows)
                    ? "transpose all to %d x %d x %d".formatted(pixels, channels, rows)
                    : "name another column"));
  }

  private static boolean isUsual(int channels) {
    return channels == 1 || channels == 3;
  }
}
