package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Images;

/**
 * Images beside each other, pixel by pixel and without a word: a file of images rather than a
 * picture of them.
 *
 * @param fileName its name
 * @param shape of every image
 * @param images [n][values] in [0, 1], not copies
 */
public record ImageRow(String fileName, ImageShape shape, List<float[]> images) implements Picture {
  private static final int GAP = 2;
  private static final int WHITE = 255;

  /** Refuses what cannot be drawn, and copies the list. */
  public ImageRow {
    images = List.copyOf(images);
    Images.check(shape, images.toArray(float[][]::new), fileName);
  }

  @Override
  public BufferedImage draw() {
    int step = shape.width() + GAP;
    int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage row = new BufferedImage(images.size() * step - GAP, shape.height(), type);
    WritableRaster raster = row.getRaster();
    int[] pixel = new int[shape.channels()];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < row.getWidth(); x++) {
        boolean isGap = x % step >= shape.width();
        int at = (y * shape.width() + x % step) * shape.channels();
        for (int c = 0; c < pixel.length; c++) {
          pixel[c] = isGap ? WHITE : level(images.get(x / step)[at + c]);
        }
        raster.setPixel(x, y, pixel);
      }
    }
    return row;
  }

  private static int level(float value) {
    return Math.round(WHITE * Math.min(1, Math.max(0, value)));
  }
}
