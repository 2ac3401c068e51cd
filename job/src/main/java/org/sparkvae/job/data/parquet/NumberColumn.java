package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Values as an array of numbers: flat, row by row, channels innermost; or as an array of rows of
 * pixels, which are numbers or arrays of channels.
 *
 * @param name of the column
 * @param depth 1 where the array is flat, 2 where it is of rows of numbers, 3 of rows of arrays
 * @param shape of every image as it is
 * @param form that all get
 */
record NumberColumn(String name, int depth, ImageShape shape, ImageForm form)
    implements PixelColumn {
  /** Bytes of a decimal of 38 digits. */
  private static final int WIDEST = 16;

  private static final List<String> PARTS =
      List.of("rows", "pixels in a row", "channels in a pixel");

  @Override
  public List<Column> columns() {
    return List.of(Quoted.column(name).cast("array<".repeat(depth) + "double" + ">".repeat(depth)));
  }

  @Override
  public List<String> stored() {
    return List.of(name);
  }

  @Override
  public long cellBytes() {
    return (long) WIDEST * shape.values();
  }

  @Override
  public ImageFacts write(InternalRow row, byte[] out, int offset)
      throws IOException, UnusableImageException {
    if (row.isNullAt(AT)) {
      throw new UnusableImageException("null", "is null");
    }
    ArrayData image = row.getArray(AT);
    ValueRange range =
        form.fill(shape.width(), shape.height(), (to, at) -> levels(image, to, at), out, offset);
    boolean resized = !form.isOfItsSize(shape.width(), shape.height());
    return new ImageFacts(range, resized, false, false);
  }

  private ValueRange levels(ArrayData image, byte[] out, int offset) throws UnusableImageException {
    int[] lengths =
        switch (depth) {
          case 1 -> new int[] {shape.values()};
          case 2 -> new int[] {shape.height(), shape.width()};
          default -> new int[] {shape.height(), shape.width(), shape.channels()};
        };
    NumberLevels levels = new NumberLevels(form.levels(), out, offset);
    write(image, lengths, 0, levels);
    return levels.range();
  }

  private void write(ArrayData array, int[] lengths, int level, NumberLevels levels)
      throws UnusableImageException {
    if (array.numElements() != lengths[level]) {
      throw new UnusableImageException(
          "of " + array.numElements() + " " + (depth == 1 ? "values" : PARTS.get(level)),
          String.format(
              Locale.ROOT,
              "has %d %s where %s needs %d",
              array.numElements(),
              depth == 1 ? "values" : PARTS.get(level),
              shape,
              lengths[level]));
    }
    if (level == lengths.length - 1) {
      levels.write(array);
      return;
    }
    for (int i = 0; i < lengths[level]; i++) {
      if (array.isNullAt(i)) {
        throw new UnusableImageException(
            "with a null value", "has a null among its " + PARTS.get(level));
      }
      write(array.getArray(i), lengths, level + 1, levels);
    }
  }
}
