package org.sparkvae.job.apply;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.network.Shape;

/**
 * An image in a cell of a table, as Spark's image source has it: 256 levels, blue first. A table
 * with such a column is a source of images again.
 */
final class ImageCell {
  /** Its fields, named as Spark names them. */
  static final StructType TYPE =
      new StructType()
          .add("origin", StringType, true)
          .add("height", IntegerType, false)
          .add("width", IntegerType, false)
          .add("nChannels", IntegerType, false)
          .add("mode", IntegerType, false)
          .add("data", BinaryType, false);

  private static final int DATA = 5;

  private ImageCell() {}

  /**
   * A cell.
   *
   * @param values in [0, 1], channels innermost
   */
  static Row of(Shape shape, float[] values) {
    int channels = shape.channels();
    byte[] data = new byte[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = level(values[i]);
    }
    for (int first = 0; channels > 1 && first < data.length; first += channels) {
      turn(data, first, first + channels - 1);
    }
    return RowFactory.create(
        null, shape.height(), shape.width(), channels, 8 * (channels - 1), data);
  }

  /** Turns the order of bytes around. */
  private static void turn(byte[] data, int first, int last) {
    for (int i = first, j = last; i < j; i++, j--) {
      byte value = data[i];
      data[i] = data[j];
      data[j] = value;
    }
  }

  /**
   * The level next to a value, of 256; a half is rounded up, as {@link Math#round} does, and NaN is
   * 0. Without a branch, which bits would make the processor guess wrong half of the time; the
   * double holds the sum with a half exactly.
   */
  private static byte level(float value) {
    int rounded = (int) ((double) (255 * value) + 0.5);
    return (byte) Math.min(255, Math.max(0, rounded));
  }

  /** The values in a cell, in [0, 1], channels innermost. */
  static float[] values(Row cell) {
    byte[] data = cell.getAs(DATA);
    int channels = cell.getInt(3);
    float[] values = new float[data.length];
    for (int pixel = 0; pixel < values.length; pixel += channels) {
      for (int c = 0; c < channels; c++) {
        values[pixel + channels - 1 - c] = (data[pixel + c] & 0xff) / 255f;
      }
    }
    return values;
  }
}
