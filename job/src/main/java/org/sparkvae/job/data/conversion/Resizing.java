package org.sparkvae.job.data.conversion;

import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Resize;

/**
 * Scales images to one shape, each channel by itself, with ImageJ: bilinear where it enlarges, and
 * where it reduces, weighted means of all values that a new one covers. In plain Java arithmetic,
 * so that every machine gets the same bits.
 *
 * @param mode how; not NONE
 * @param background around fitted images
 * @param shape to which
 */
record Resizing(Resize.Mode mode, Background background, ImageShape shape) {
  /** Resizes an image of as many channels to {@code out[offset ..]}. */
  void resize(byte[] image, ImageShape found, byte[] out, int offset) {
    ImagePart from = ImagePart.all(found);
    ImagePart to = ImagePart.all(shape);
    switch (mode) {
      case STRETCH -> scale(image, found, from, out, offset, to);
      case CROP -> scale(image, found, to.largestWithin(from), out, offset, to);
      case FIT -> {
        fill(out, offset);
        scale(image, found, from, out, offset, from.largestWithin(to));
      }
      case NONE -> throw new IllegalStateException("images are not resized");
    }
  }

  private void fill(byte[] out, int offset) {
    Compositing compositing = new Compositing(shape.channels(), background);
    for (int to = offset; to < offset + shape.values(); ) {
      to = compositing.write(0, 0, 0, 0, out, to);
    }
  }

  /** Scales a part of an image to a part of the shape. */
  private void scale(
      byte[] image, ImageShape found, ImagePart from, byte[] out, int offset, ImagePart part) {
    int channels = shape.channels();
    for (int channel = 0; channel < channels; channel++) {
      ImageProcessor plane = plane(image, found, channel);
      plane.setInterpolationMethod(ImageProcessor.BILINEAR);
      plane.setRoi(
          from.left(),
          from.top(),
          found.width() == 1 ? plane.getWidth() : from.width(),
          found.height() == 1 ? plane.getHeight() : from.height());
      byte[] scaled = (byte[]) plane.resize(part.width(), part.height(), true).getPixels();
      for (int y = 0, at = 0; y < part.height(); y++) {
        int to = offset + channel + channels * ((part.top() + y) * shape.width() + part.left());
        for (int x = 0; x < part.width(); x++, to += channels) {
          out[to] = scaled[at++];
        }
      }
    }
  }

  /** One channel; a single column or row stands twice, as ImageJ divides by their number less 1. */
  private static ImageProcessor plane(byte[] image, ImageShape found, int channel) {
    int width = Math.max(2, found.width());
    int height = Math.max(2, found.height());
    if (found.channels() == 1 && found.values() == width * height) {
      return new ByteProcessor(width, height, image);
    }
    byte[] plane = new byte[width * height];
    for (int y = 0, to = 0; y < height; y++) {
      int row = Math.min(y, found.height() - 1) * found.width();
      for (int x = 0; x < width; x++) {
        int pixel = row + Math.min(x, found.width() - 1);
        plane[to++] = image[pixel * found.channels() + channel];
      }
    }
    return new ByteProcessor(width, height, plane);
  }
}
