package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.PixelConversion;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.settings.Resize;

/**
 * Spark's image struct (height, width, nChannels, mode, data): rows of 8-bit pixels in OpenCV's
 * order, blue, green, red, alpha.
 *
 * @param name of the column
 * @param form that all images get
 */
record ImageStruct(String name, ImageForm form) implements PixelColumn {
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
        .map(field -> Quoted.field(name, field).cast(field.equals("data") ? "binary" : "int"))
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

  /**
   * With alpha, whether this one has it or not; of the size of the form, which those that are
   * resized may exceed.
   */
  @Override
  public long cellBytes() {
    return form.resize() == Resize.Mode.NONE
        ? 4L * form.shape().width() * form.shape().height()
        : 0;
  }

  @Override
  public ImageFacts write(InternalRow row, byte[] out, int offset)
      throws IOException, UnusableImageException {
    for (int field = 0; field < FIELDS.size(); field++) {
      if (row.isNullAt(AT + field)) {
        throw new UnusableImageException("null", "is null");
      }
    }
    int height = row.getInt(AT);
    int width = row.getInt(AT + 1);
    int channels = row.getInt(AT + 2);
    int mode = row.getInt(AT + 3);
    // OpenCV's CV_8UC1, CV_8UC3, CV_8UC4.
    if (!Set.of(1, 3, 4).contains(channels) || mode != 8 * (channels - 1)) {
      throw new UnusableImageException(
          "of OpenCV mode " + mode,
          String.format(
              Locale.ROOT,
              "has OpenCV mode %d and %d channels, not 8-bit grey, BGR or BGRA",
              mode,
              channels));
    }
    form.check(width, height);
    byte[] data = row.getBinary(AT + 4);
    if (data.length != height * width * channels) {
      throw new UnusableImageException(
          "of " + data.length + " bytes",
          String.format(
              Locale.ROOT,
              "has %d bytes where %dx%d with %d channels needs %d",
              data.length,
              width,
              height,
              channels,
              height * width * channels));
    }
    ValueRange range =
        form.fill(width, height, (to, at) -> levels(data, channels, to, at), out, offset);
    return new ImageFacts(
        range,
        !form.isOfItsSize(width, height),
        imageChannels(channels) != form.shape().channels(),
        channels == 4);
  }

  private ValueRange levels(byte[] data, int channels, byte[] out, int offset)
      throws UnusableImageException {
    PixelConversion conversion = new PixelConversion(form);
    int to = offset;
    for (int at = 0; at < data.length; at += channels) {
      int blue = data[at] & 0xff;
      int green = channels == 1 ? blue : data[at + 1] & 0xff;
      int red = channels == 1 ? blue : data[at + 2] & 0xff;
      int alpha = channels == 4 ? data[at + 3] & 0xff : 255;
      to = conversion.write(alpha, red, green, blue, out, to);
    }
    return form.levels().range(out, offset, to - offset);
  }
}
