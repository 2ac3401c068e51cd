package org.sparkvae.job.data;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads PNG and JPEG files into images of one form. */
final class PictureReader {
  private final ImageForm form;
  private final PixelConversion conversion;

  PictureReader(ImageForm form) {
    this.form = form;
    this.conversion = new PixelConversion(form);
  }

  /** Writes the image of a file to {@code out[offset ..]}. */
  ImageFacts read(EncodedImage file, byte[] out, int offset)
      throws IOException, UnusableImageException {
    int channels = form.shape().channels();
    ImageShape found = file.shape(channels);
    form.check(found.width(), found.height());
    BufferedImage picture = file.decode();
    ValueRange range =
        form.fill(
            found.width(),
            found.height(),
            (to, at) -> {
              conversion.convert(picture, to, at);
              return form.levels().range(to, at, found.values());
            },
            out,
            offset);
    return new ImageFacts(
        range,
        !form.isOfItsSize(found.width(), found.height()),
        PixelConversion.channels(picture) != channels,
        picture.getColorModel().hasAlpha());
  }
}
