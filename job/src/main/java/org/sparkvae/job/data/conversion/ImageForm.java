package org.sparkvae.job.data.conversion;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Resize;

/**
 * What every image of a source becomes.
 *
 * @param shape of it
 * @param reference names an image that has the shape as it is, for messages
 * @param resize what is done with images of other sizes
 * @param background what shows through transparency, and around fitted images
 * @param levels of the values
 */
public record ImageForm(
    ImageShape shape, String reference, Resize.Mode resize, Background background, Levels levels)
    implements Serializable {

  /**
   * Checks the size of an image before its values are read.
   *
   * @throws UnusableImageException where it is not the shape's, and images are not resized, or it
   *     is larger than an image may be
   */
  public void check(int width, int height) throws UnusableImageException {
    if (isOfItsSize(width, height)) {
      return;
    }
    if (resize == Resize.Mode.NONE) {
      throw UnusableImageException.ofSize(
          width,
          height,
          String.format(
              Locale.ROOT,
              "has %dx%d pixels where %s has %dx%d",
              width,
              height,
              reference,
              shape.width(),
              shape.height()));
    }
    if (!ImageShape.isReadable(width, height, shape.channels())) {
      throw UnusableImageException.tooLarge("it is", width, height, ImageShape.MOST_READ);
    }
  }

  /** Whether an image needs no resizing. */
  public boolean isOfItsSize(int width, int height) {
    return width == shape.width() && height == shape.height();
  }

  /**
   * Writes an image of this form.
   *
   * @param width of the image as it is, pixels
   * @param height likewise
   * @param values writes its levels, with the channels of this form
   * @param out gets the image at {@code offset}
   * @return the range of its values as it is
   */
  public ValueRange fill(int width, int height, Values values, byte[] out, int offset)
      throws IOException, UnusableImageException {
    check(width, height);
    if (isOfItsSize(width, height)) {
      return values.write(out, offset);
    }
    ImageShape found = new ImageShape(width, height, shape.channels());
    byte[] whole = new byte[found.values()];
    ValueRange range = values.write(whole, 0);
    new Resizing(resize, background, shape).resize(whole, found, out, offset);
    return range;
  }

  /** Writes the levels of an image, row by row, channels innermost. */
  @FunctionalInterface
  public interface Values {
    /** Writes them from {@code out[offset]} on; the range of the values that they stand for. */
    ValueRange write(byte[] out, int offset) throws IOException, UnusableImageException;
  }
}
