package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.sparkvae.job.data.faults.UnusableImageException;

/** Reads the images of rows as they come from a Dataset, one by one. */
public final class RowImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PixelColumn pixels;

  RowImages(PixelColumn pixels) {
    this.pixels = pixels;
  }

  /** What to select for an image. */
  public List<Column> columns() {
    return pixels.columns();
  }

  /**
   * Writes the levels of a row's image.
   *
   * @param at ordinal of the first of the {@link #columns} in the row
   * @param out [values of the form's shape]
   * @throws UnusableImageException where it is none of the form
   */
  public void write(Row row, int at, byte[] out) throws IOException, UnusableImageException {
    Object[] cells = new Object[PixelColumn.AT + pixels.columns().size()];
    for (int i = PixelColumn.AT; i < cells.length; i++) {
      int ordinal = at + i - PixelColumn.AT;
      cells[i] =
          CatalystTypeConverters.createToCatalystConverter(
                  row.schema().fields()[ordinal].dataType())
              .apply(row.get(ordinal));
    }
    pixels.write(new GenericInternalRow(cells), out, 0);
  }
}
