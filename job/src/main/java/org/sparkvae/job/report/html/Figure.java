package org.sparkvae.job.report.html;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture within a page.
 *
 * @param name for who does not see it
 * @param source the picture itself, as a data URI
 * @param width pixels at which it is shown
 * @param height likewise
 */
public record Figure(String name, String source, int width, int height) {
  /** Bytes that a picture may have as it is. */
  private static final int LIGHT = 120_000;

  /** Of heavier ones, the width to which they are brought. */
  private static final int WIDEST = 1200;

  private static final float QUALITY = 0.85f;

  /**
   * Of a PNG file; a heavy one becomes a smaller JPEG.
   *
   * @throws IOException where it is no picture
   */
  public static Figure of(String name, byte[] png) throws IOException {
    BufferedImage image = read(name, png);
    // Pictures are drawn at twice the size at which they are to be seen.
    int width = Math.max(1, image.getWidth() / 2);
    int height = Math.max(1, image.getHeight() / 2);
    if (png.length > LIGHT) {
      byte[] jpeg = jpeg(scaled(image));
      if (jpeg.length < png.length) {
        return new Figure(name, uri("jpeg", jpeg), width, height);
      }
    }
    return new Figure(name, uri("png", png), width, height);
  }

  private static BufferedImage read(String name, byte[] png) throws IOException {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      if (image != null) {
        return image;
      }
    } catch (IOException | RuntimeException e) { // Java's decoder throws both for damaged files.
      throw new IOException(name + " is no picture", e);
    }
    throw new IOException(name + " is no picture");
  }

  private static String uri(String type, byte[] bytes) {
    return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static BufferedImage scaled(BufferedImage image) {
    int width = Math.min(WIDEST, image.getWidth());
    int height = Math.max(1, (int) ((long) image.getHeight() * width / image.getWidth()));
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  Map<String, Object> values() {
    return Map.of("name", name, "source", source, "width", width, "height", height);
  }
}
