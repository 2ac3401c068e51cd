package org.sparkvae.job.report.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;

/** A white sheet to draw images and text on; coordinates in its pixels, from the top left. */
public final class Canvas {
  static {
    // Before any other class of AWT looks for a display.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private static final float LARGEST = 255;

  private final BufferedImage sheet;
  private final Graphics2D graphics;

  public Canvas(int width, int height) {
    sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = sheet.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setColor(Style.PAPER);
    graphics.fillRect(0, 0, width, height);
  }

  /** How wide a text is. */
  public int width(String text, Font font) {
    return graphics.getFontMetrics(font).stringWidth(text);
  }

  /** The end of a text, as much of it as fits a width, after an ellipsis where that is not all. */
  public String end(String text, Font font, int most) {
    String end = text;
    for (int from = 0; width(end, font) > most && from < text.length(); ) {
      from = text.offsetByCodePoints(from, 1);
      end = "\u2026" + text.substring(from);
    }
    return end;
  }

  /** Text whose left end and base line are at a point. */
  public void text(String text, int x, int y, Font font, Color colour) {
    graphics.setFont(font);
    graphics.setColor(colour);
    graphics.drawString(text, x, y);
  }

  /** Text whose middle and base line are at a point. */
  public void centred(String text, int x, int y, Font font, Color colour) {
    text(text, x - width(text, font) / 2, y, font, colour);
  }

  /** Text whose right end and base line are at a point. */
  public void rightwards(String text, int x, int y, Font font, Color colour) {
    text(text, x - width(text, font), y, font, colour);
  }

  /** Text turned to read upwards, whose middle and base line are at a point. */
  public void upwards(String text, int x, int y, Font font, Color colour) {
    AffineTransform straight = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    centred(text, x, y, font, colour);
    graphics.setTransform(straight);
  }

  /** The same, in letters as small as it takes to be no longer than the height of an image. */
  public void upwards(String text, int x, int y, int height, Font font, Color colour) {
    float fits = (float) height / width(text, font);
    upwards(text, x, y, font.deriveFont(font.getSize2D() * Math.min(1, fits)), colour);
  }

  /** A disc, from its upper left corner. */
  public void dot(int x, int y, int diameter, Color colour) {
    graphics.setColor(colour);
    graphics.fillOval(x, y, diameter, diameter);
  }

  /**
   * An image, every one of its pixels a square, or every one of the canvas the mean of a square.
   *
   * @param values [values], row by row, channels innermost; cut to [0, 1]
   */
  public void image(ImageShape shape, float[] values, int x, int y, ImageGrid.Scale scale) {
    int side = scale.shrink();
    int zoom = scale.zoom();
    for (int row = 0; row < shape.height(); row += side) {
      for (int column = 0; column < shape.width(); column += side) {
        float red = mean(shape, values, row, column, 0, side);
        graphics.setColor(
            shape.channels() == 1
                ? colour(red, red, red)
                : colour(
                    red,
                    mean(shape, values, row, column, 1, side),
                    mean(shape, values, row, column, 2, side)));
        graphics.fillRect(x + column / side * zoom, y + row / side * zoom, zoom, zoom);
      }
    }
  }

  /** A channel's mean over a square of an image, or what the image holds of that. */
  private static float mean(
      ImageShape shape, float[] values, int top, int left, int channel, int side) {
    float sum = 0;
    int bottom = Math.min(top + side, shape.height());
    int right = Math.min(left + side, shape.width());
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += values[(row * shape.width() + column) * shape.channels() + channel];
      }
    }
    return sum / ((bottom - top) * (right - left));
  }

  private static Color colour(float red, float green, float blue) {
    return new Color(level(red), level(green), level(blue));
  }

  private static int level(float value) {
    // NaN becomes 0.
    return Math.round(Math.max(0, Math.min(1, value)) * LARGEST);
  }

  /** What is beneath, to draw anything else on. */
  public Graphics2D graphics() {
    return graphics;
  }

  public BufferedImage done() {
    graphics.dispose();
    return sheet;
  }
}
