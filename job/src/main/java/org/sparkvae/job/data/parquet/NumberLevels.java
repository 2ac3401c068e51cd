package org.sparkvae.job.data.parquet;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparkvae.job.data.conversion.Levels;
import org.sparkvae.job.data.conversion.ValueRange;
import org.sparkvae.job.data.faults.UnusableImageException;

/** Writes the numbers of one image as levels, one after another. */
final class NumberLevels {
  private final Levels levels;
  private final byte[] out;
  private final int start;
  private int written;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** Writes to {@code out[start ..]}. */
  NumberLevels(Levels levels, byte[] out, int start) {
    this.levels = levels;
    this.out = out;
    this.start = start;
  }

  /** Writes an array of doubles behind those that were written. */
  void write(ArrayData numbers) throws UnusableImageException {
    int count = numbers.numElements();
    for (int i = 0; i < count; i++) {
      if (numbers.isNullAt(i)) {
        throw new UnusableImageException("with a null value", "value " + written + " is null");
      }
      double value = numbers.getDouble(i);
      out[start + written] = levels.of(value, written);
      written++;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }

  /** The range of all that were written. */
  ValueRange range() {
    return new ValueRange(least, greatest);
  }
}
