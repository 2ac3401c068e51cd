package org.sparkvae.job.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small pictures of the tests. */
public final class Pictures {
  private Pictures() {}

  /** An 8-bit grey picture, row by row. */
  public static BufferedImage grey(int width, int height, int... values) {
    return samples(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), values);
  }

  /** Fills a picture with samples as they are stored. */
  static BufferedImage samples(BufferedImage picture, int... values) {
    picture.getRaster().setPixels(0, 0, picture.getWidth(), picture.getHeight(), values);
    return picture;
  }

  public static byte[] png(BufferedImage picture) {
    return encode(picture, "png");
  }

  static byte[] encode(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
