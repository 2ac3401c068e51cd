package org.sparkvae.job.data;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's image struct (height, width, nChannels, mode, data): rows of 8-bit pixels in OpenCV's
 * order, blue, green, red, alpha; alpha composites on black.
 *
 * @param name of the column
 * @param shape of every image; 4 channels of a struct make 3 of the image
 * @param reference name of a row that has it
 */
record ImageStruct(String name, ImageShape shape, String reference) implements PixelColumn {
  private static final List<String> FIELDS =
      List.of("height", "width", "nChannels", "mode", "data");

  /** Whether a type is Spark's image struct. */
  static boolean matches(StructType type) {
    return Set.copyOf(Arrays.asList(type.fieldNames())).containsAll(FIELDS);
  }

  /** The channels of an image made of so many of a struct. */
  static int imageChannels(int structChannels) {
    return structChannels == 4 ? 3 : structChannels;
  }

  /** The fields, which are all null where the struct is. */
  @Override
  public List<Column> columns() {
    return FIELDS.stream()
        .map(field -> col("`" + name + "`." + field).cast(field.equals("data") ? "binary" : "int"))
        .toList();
  }

  @Override
  public List<String> stored() {
    return List.of(name, "data");
  }

  @Override
  public List<List<String>> storedBeside() {
    return FIELDS.stream()
        .filter(field -> !field.equals("data"))
        .map(field -> List.of(name, field))
        .toList();
  }

  /** With alpha, whether this one has it or not. */
  @Override
  public long cellBytes() {
    return 4L * shape.width() * shape.height();
  }

  @Override
  public void write(InternalRow row, byte[] out, int offset) throws UnusableImageException {
    for (int field = 0; field < FIELDS.size(); field++) {
      if (row.isNullAt(AT + field)) {
        throw new UnusableImageException("null", "is null");
      }
    }
    int height = row.getInt(AT);
    int width = row.getInt(AT + 1);
    int channels = row.getInt(AT + 2);
    checkForm(height, width, channels, row.getInt(AT + 3));
    byte[] data = row.getBinary(AT + 4);
    if (data.length != height * width * channels) {
      throw new UnusableImageException(
          "of " + data.length + " bytes",
          String.format(
              "has %d bytes where %dx%d with %d channels needs %d",
              data.length, width, height, channels, height * width * channels));
    }
    reorder(data, channels, out, offset);
  }

  private void checkForm(int height, int width, int channels, int mode)
      throws UnusableImageException {
    // OpenCV's CV_8UC1, CV_8UC3, CV_8UC4.
    if (!Set.of(1, 3, 4).contains(channels) || mode != 8 * (channels - 1)) {
      throw new UnusableImageException(
          "of OpenCV mode " + mode,
          String.format(
              "has OpenCV mode %d and %d channels, not 8-bit grey, BGR or BGRA", mode, channels));
    }
    ImageShape found = new ImageShape(width, height, imageChannels(channels));
    if (found.equals(shape)) {
      return;
    }
    String reason = String.format("is %s where %s is %s", found, reference, shape);
    if (width != shape.width() || height != shape.height()) {
      throw UnusableImageException.ofSize(width, height, reason);
    }
    throw new UnusableImageException("of another colour", reason);
  }

  private static void reorder(byte[] data, int channels, byte[] out, int offset) {
    if (channels == 1) {
      System.arraycopy(data, 0, out, offset, data.length);
      return;
    }
    PixelConversion toRgb = new PixelConversion(3);
    int to = offset;
    for (int at = 0; at < data.length; at += channels) {
      int alpha = channels == 4 ? data[at + 3] & 0xff : 255;
      to = toRgb.write(alpha, data[at + 2] & 0xff, data[at + 1] & 0xff, data[at] & 0xff, out, to);
    }
  }
}
