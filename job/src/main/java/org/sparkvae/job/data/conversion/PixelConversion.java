package org.sparkvae.job.data.conversion;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.sparkvae.job.data.faults.UnusableImageException;

/**
 * Turns a decoded image into levels of grey or RGB, in integer arithmetic, as the file has them (no
 * gamma, no colour profiles). A sample of s bits becomes round(255 v / (2^s - 1)), and then a level
 * of the source's scale; transparency shows the background.
 */
public final class PixelConversion {
  private final Levels levels;
  private final Compositing compositing;

  /** To the channels of a form; nothing is resized. */
  public PixelConversion(ImageForm form) {
    this.levels = form.levels();
    this.compositing = new Compositing(form.shape().channels(), form.background());
  }

  /**
   * The channels that an image has: 1 where it is stored as grey, or with a palette of which it
   * uses grey only; else 3. Alpha does not count.
   */
  static int channels(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return isGrey(palette) || usesGreyOnly(image) ? 1 : 3;
    }
    return image.getColorModel().getNumColorComponents() == 1 ? 1 : 3;
  }

  private static boolean isGrey(IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    return isGrey(colours);
  }

  private static boolean usesGreyOnly(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      if (!isGrey(row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGrey(int[] colours) {
    for (int rgb : colours) {
      if ((rgb >> 16 & 0xff) != (rgb & 0xff) || (rgb >> 8 & 0xff) != (rgb & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the levels of an image to {@code out[offset ..]}.
   *
   * @throws UnusableImageException where a sample that shows lies outside the scale
   */
  void convert(BufferedImage image, byte[] out, int offset) throws UnusableImageException {
    if (image.getColorModel() instanceof ComponentColorModel) {
      convertSamples(image, out, offset);
    } else {
      convertArgb(image, out, offset);
    }
  }

  /** Samples are taken as they are: BufferedImage.getRGB would gamma-correct grey ones. */
  private void convertSamples(BufferedImage image, byte[] out, int offset)
      throws UnusableImageException {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    int most = (1 << model.getComponentSize(0)) - 1;
    int[] row = new int[image.getWidth() * bands];
    int to = offset;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        int red = scale(row[at], most);
        int green = colours == 3 ? scale(row[at + 1], most) : red;
        int blue = colours == 3 ? scale(row[at + 2], most) : red;
        int alpha = model.hasAlpha() ? scale(row[at + bands - 1], most) : 255;
        to = write(alpha, red, green, blue, out, to);
      }
    }
  }

  /** Palettes (also grey of under 8 bits, which is read as one) and packed pixels. */
  private void convertArgb(BufferedImage image, byte[] out, int offset)
      throws UnusableImageException {
    int[] row = new int[image.getWidth()];
    int to = offset;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        to = write(argb >>> 24, argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, out, to);
      }
    }
  }

  /** Writes one pixel of 8-bit samples; where the next one goes. */
  public int write(int alpha, int red, int green, int blue, byte[] out, int to)
      throws UnusableImageException {
    if (alpha == 0) {
      return compositing.write(0, 0, 0, 0, out, to);
    }
    return compositing.write(alpha, levels.of(red), levels.of(green), levels.of(blue), out, to);
  }

  private static int scale(int sample, int most) {
    return most == 255 ? sample : (int) ((255L * sample + most / 2) / most);
  }
}
