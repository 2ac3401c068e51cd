package org.sparkvae.job.apply;

import java.util.Optional;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;

/**
 * The same rectangle is missing of every image.
 *
 * @param left pixels on its left
 * @param top pixels above it
 * @param width pixels
 * @param height pixels
 */
public record Block(
    @Setting(says = "Pixels on the left of the missing rectangle.", otherwise = "7", least = 0)
        int left,
    @Setting(says = "Pixels above it.", otherwise = "7", least = 0) int top,
    @Setting(says = "Its width, in pixels.", otherwise = "14", least = 1) int width,
    @Setting(says = "Its height, in pixels.", otherwise = "14", least = 1) int height)
    implements MissingPixels {
  @Override
  public boolean[] of(Shape shape, byte[] mask, long key) {
    if (!liesIn(shape)) {
      throw new IllegalArgumentException(inWords() + " does not lie in it");
    }
    boolean[] missing = new boolean[shape.height() * shape.width()];
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        missing[y * shape.width() + x] = true;
      }
    }
    return missing;
  }

  @Override
  public Optional<String> misfit(Shape shape) {
    return liesIn(shape)
        ? Optional.empty()
        : Optional.of(
            "%s, which does not lie in images of %d x %d pixels; set its left, top, width and height"
                .formatted(inWords(), shape.width(), shape.height()));
  }

  private String inWords() {
    return "a block of %d x %d pixels at (%d, %d)".formatted(width, height, left, top);
  }

  private boolean liesIn(Shape shape) {
    return (long) left + width <= shape.width() && (long) top + height <= shape.height();
  }
}
