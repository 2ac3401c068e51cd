package org.sparkvae.job.data.conversion;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.Colour;

/** The bytes of a PNG or JPEG file; told apart by their first bytes, whatever the file's name. */
public final class EncodedImage {
  /** Far above what an image of the most values needs, so that no file fills the memory. */
  public static final int MOST_BYTES = 1 << 26;

  private final byte[] bytes;
  private final String format;

  public EncodedImage(byte[] bytes) throws UnusableImageException {
    this.bytes = bytes;
    this.format = format(bytes);
  }

  /**
   * The image of a cell.
   *
   * @throws UnusableImageException where the bytes are of no image format, or too many
   */
  public static EncodedImage of(byte[] bytes) throws UnusableImageException {
    checkLength(bytes.length);
    return new EncodedImage(bytes);
  }

  /**
   * Whether bytes are those of an image: begin as a PNG file, or as a JPEG file with its header.
   */
  public static boolean isOne(byte[] bytes) {
    try {
      EncodedImage image = of(bytes);
      return image.format.equals("png") || image.shape(1) != null;
    } catch (UnusableImageException e) {
      return false;
    }
  }

  /** Checks how many bytes there are, before they are taken. */
  public static void checkLength(long bytes) throws UnusableImageException {
    if (bytes > MOST_BYTES) {
      throw new UnusableImageException(
          "too large", "has " + bytes + " bytes, more than an image needs");
    }
  }

  private static String format(byte[] bytes) throws UnusableImageException {
    if (bytes.length == 0) {
      throw new UnusableImageException("empty", "is empty");
    }
    if (bytes.length >= 4
        && bytes[0] == (byte) 0x89
        && bytes[1] == 'P'
        && bytes[2] == 'N'
        && bytes[3] == 'G') {
      return "png";
    }
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xff
        && bytes[1] == (byte) 0xd8
        && bytes[2] == (byte) 0xff) {
      return "jpeg";
    }
    throw new UnusableImageException("neither PNG nor JPEG", "is neither PNG nor JPEG");
  }

  /** The shape the header tells, for images converted to so many channels; decodes no pixels. */
  ImageShape shape(int channels) throws UnusableImageException {
    return read(
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          if (!ImageShape.isReadable(width, height, channels)) {
            throw UnusableImageException.tooLarge(
                "its header says", width, height, ImageShape.MOST_READ);
          }
          return new ImageShape(width, height, channels);
        });
  }

  /**
   * The shape of the image, which is decoded to see that it can be.
   *
   * @param colour to which images are converted; AUTO for the image's own
   */
  public ImageShape shape(Colour colour) throws UnusableImageException {
    ImageShape header = shape(Math.max(1, colour.channels()));
    BufferedImage picture = decode();
    return colour == Colour.AUTO ? shape(PixelConversion.channels(picture)) : header;
  }

  /** The decoded image, in whatever form its file has it. */
  BufferedImage decode() throws UnusableImageException {
    if (format.equals("png")) {
      PngChunks.check(bytes);
    } else {
      JpegSegments.check(bytes);
    }
    return read(
        reader -> {
          JpegWarnings warnings = new JpegWarnings();
          reader.addIIOReadWarningListener(warnings);
          BufferedImage image = reader.read(0);
          warnings.check();
          return image;
        });
  }

  private <T> T read(Decoding<T> decoding) throws UnusableImageException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      // Ignoring metadata keeps compressed text and profiles from being unpacked.
      reader.setInput(stream, true, true);
      return decoding.from(reader);
    } catch (IOException | RuntimeException e) {
      // The readers meet malformed files with all kinds of runtime exceptions.
      throw new UnusableImageException(
          "that cannot be decoded",
          "cannot be decoded as " + format.toUpperCase(Locale.ROOT) + ": " + reason(e));
    } finally {
      reader.dispose();
    }
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof EOFException ? "it ends too early" : ReadFailure.firstLine(root);
  }

  private interface Decoding<T> {
    T from(ImageReader reader) throws IOException, UnusableImageException;
  }
}
