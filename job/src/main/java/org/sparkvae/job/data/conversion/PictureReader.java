package org.sparkvae.job.data.conversion;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;

/** Reads PNG and JPEG files into images of one form. */
public final class PictureReader {
  private final ImageForm form;
  private final PixelConversion conversion;

  public PictureReader(ImageForm form) {
    this.form = form;
    this.conversion = new PixelConversion(form);
  }

  /** Writes the image of a file to {@code out[offset ..]}. */
  public ImageFacts read(EncodedImage file, byte[] out, int offset)
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
