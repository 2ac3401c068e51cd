package org.sparkvae.job.data;

import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small JPEG files of one even tone, which are coded without loss. */
final class Jpegs {
  private static final int TONE = 128;

  private Jpegs() {}

  static byte[] grey(int width, int height) {
    return write(new IIOImage(even(width, height), null, null), ImageWriteParam.MODE_DISABLED);
  }

  static byte[] progressive(int width, int height) {
    return write(new IIOImage(even(width, height), null, null), ImageWriteParam.MODE_DEFAULT);
  }

  /** Four channels, and the marker by which Adobe's programs say that they are CMYK. */
  static byte[] cmyk(int width, int height) {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    byte[] four = write(new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
    return insert(four, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0}, 0xee);
  }

  /** Turned on its side, says its Exif segment. */
  static byte[] turned(int width, int height) {
    byte[] exif = {
      'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6,
      0, 0, 0, 0, 0, 0
    };
    return insert(grey(width, height), exif, 0xe1);
  }

  /** Other dimensions in the header. */
  static byte[] resized(byte[] jpeg, int width, int height) {
    byte[] bytes = jpeg.clone();
    int frame = find(bytes, 0xc0, 0);
    bytes[frame + 5] = (byte) (height >> 8);
    bytes[frame + 6] = (byte) height;
    bytes[frame + 7] = (byte) (width >> 8);
    bytes[frame + 8] = (byte) width;
    return bytes;
  }

  /** The last scan so many times. */
  static byte[] scanned(byte[] jpeg, int times) {
    int last = find(jpeg, 0xda, 0);
    for (int next = last; next >= 0; next = find(jpeg, 0xda, next + 1)) {
      last = next;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, last);
    for (int i = 0; i < times; i++) {
      bytes.write(jpeg, last, jpeg.length - 2 - last);
    }
    bytes.write(jpeg, jpeg.length - 2, 2);
    return bytes.toByteArray();
  }

  private static RenderedImage even(int width, int height) {
    int[] values = new int[width * height];
    Arrays.fill(values, TONE);
    return Pictures.grey(width, height, values);
  }

  private static byte[] insert(byte[] jpeg, byte[] segment, int marker) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, 2);
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) marker, 0, (byte) (segment.length + 2)});
    bytes.writeBytes(segment);
    bytes.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  private static int find(byte[] jpeg, int marker, int from) {
    for (int at = from; at + 1 < jpeg.length; at++) {
      if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) marker) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] write(IIOImage image, int progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(progressive);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
