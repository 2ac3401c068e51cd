package org.sparkvae.job.data;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** The pixels of a table, in columns from ordinal {@link #AT} on. */
sealed interface PixelColumn extends Serializable
    permits PixelColumn.Bytes, PixelColumn.Numbers, ImageStruct {
  /** Ordinal of the first pixel column. */
  int AT = 3;

  /** The columns. */
  List<Column> columns();

  /** The shape of every image. */
  ImageShape shape();

  /** Where files keep the values: how the paths of Parquet's columns begin. */
  List<String> stored();

  /** Where files keep what is read beside the values: paths of Parquet's columns. */
  default List<List<String>> storedBeside() {
    return List.of();
  }

  /** The most bytes that the values of an image take in a file, before packing. */
  long cellBytes();

  /** Writes a row's values to {@code out[offset ..]}. */
  void write(InternalRow row, byte[] out, int offset) throws UnusableImageException;

  /** Values as bytes, row by row, channels innermost. */
  record Bytes(String name, ImageShape shape) implements PixelColumn {
    @Override
    public List<Column> columns() {
      return List.of(col("`" + name + "`"));
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
    public void write(InternalRow row, byte[] out, int offset) throws UnusableImageException {
      if (row.isNullAt(AT)) {
        throw new UnusableImageException("null", "is null");
      }
      byte[] values = row.getBinary(AT);
      if (values.length != shape.values()) {
        throw wrongLength(values.length, "bytes", shape);
      }
      System.arraycopy(values, 0, out, offset, values.length);
    }
  }

  /** Values as an array of numbers, row by row, channels innermost. */
  record Numbers(String name, ImageShape shape) implements PixelColumn {
    /** Bytes of a decimal of 38 digits. */
    private static final int WIDEST = 16;

    @Override
    public List<Column> columns() {
      return List.of(col("`" + name + "`").cast("array<double>"));
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
    public void write(InternalRow row, byte[] out, int offset) throws UnusableImageException {
      if (row.isNullAt(AT)) {
        throw new UnusableImageException("null", "is null");
      }
      ArrayData values = row.getArray(AT);
      if (values.numElements() != shape.values()) {
        throw wrongLength(values.numElements(), "values", shape);
      }
      for (int i = 0; i < shape.values(); i++) {
        out[offset + i] = pixel(values, i);
      }
    }

    private static byte pixel(ArrayData values, int i) throws UnusableImageException {
      if (values.isNullAt(i)) {
        throw new UnusableImageException("with a null value", "value " + i + " is null");
      }
      double value = values.getDouble(i);
      int pixel = (int) value;
      if (pixel != value || pixel < 0 || pixel > 255) {
        throw new UnusableImageException(
            "with values other than 0 .. 255",
            "value " + i + " is " + value + ", not a whole number in 0 .. 255");
      }
      return (byte) pixel;
    }
  }

  private static UnusableImageException wrongLength(int found, String unit, ImageShape shape) {
    return new UnusableImageException(
        "of " + found + " " + unit,
        String.format("has %d %s where %s needs %d", found, unit, shape, shape.values()));
  }
}
