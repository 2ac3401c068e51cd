package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;

/** The pixels of a table, in columns from ordinal {@link #AT} on. */
sealed interface PixelColumn extends Serializable
    permits PixelColumn.Bytes, NumberColumn, EncodedColumn, ImageStruct {
  /** Ordinal of the first pixel column. */
  int AT = 3;

  /** What to select of the table, the first at ordinal {@link #AT}. */
  List<Column> columns();

  /** What every image becomes. */
  ImageForm form();

  /** Where files keep the values: how the paths of Parquet's columns begin. */
  List<String> stored();

  /** Where files keep what is read beside the values: paths of Parquet's columns. */
  default List<List<String>> storedBeside() {
    return List.of();
  }

  /** The most bytes that an image takes in a file, before packing; 0 where only the file tells. */
  long cellBytes();

  /** Writes a row's values to {@code out[offset ..]}; what else there is to say of the image. */
  ImageFacts write(InternalRow row, byte[] out, int offset)
      throws IOException, UnusableImageException;

  /** Ordinal of the path of the file that a row's image came from, where the table tells it. */
  default OptionalInt pathAt() {
    return OptionalInt.empty();
  }

  /** The path of the file that a row's image came from, where the table tells it. */
  default Optional<String> path(InternalRow row) {
    return pathAt().stream()
        .filter(ordinal -> !row.isNullAt(ordinal))
        .mapToObj(row::getString)
        .findFirst();
  }

  /**
   * Values as bytes, row by row, channels innermost.
   *
   * @param name of the column
   * @param shape of every image as it is
   * @param form that all get
   */
  record Bytes(String name, ImageShape shape, ImageForm form) implements PixelColumn {
    @Override
    public List<Column> columns() {
      return List.of(Quoted.column(name));
    }

    @Override
    public List<String> stored() {
      return List.of(name);
    }

    @Override
    public long cellBytes() {
      return shape.values();
    }

    @Override
    public ImageFacts write(InternalRow row, byte[] out, int offset)
        throws IOException, UnusableImageException {
      if (row.isNullAt(AT)) {
        throw new UnusableImageException("null", "is null");
      }
      byte[] values = row.getBinary(AT);
      if (values.length != shape.values()) {
        throw new UnusableImageException(
            "of " + values.length + " bytes",
            String.format(
                Locale.ROOT,
                "has %d bytes where %s needs %d",
                values.length,
                shape,
                shape.values()));
      }
      ValueRange range =
          form.fill(
              shape.width(),
              shape.height(),
              (to, at) -> {
                System.arraycopy(values, 0, to, at, values.length);
                return form.levels().replace(to, at, values.length);
              },
              out,
              offset);
      boolean resized = !form.isOfItsSize(shape.width(), shape.height());
      return new ImageFacts(range, resized, false, false);
    }
  }
}
