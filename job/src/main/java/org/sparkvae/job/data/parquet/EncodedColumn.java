package org.sparkvae.job.data.parquet;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkvae.job.data.conversion.EncodedImage;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.PictureReader;
import org.sparkvae.job.data.faults.UnusableImageException;

/**
 * Images as PNG or JPEG files, each with its path where the table has it.
 *
 * @param bytes where the files' bytes are: a column, or a field of one
 * @param path where their paths are, likewise; empty for nowhere
 * @param form that all get
 */
record EncodedColumn(List<String> bytes, List<String> path, ImageForm form) implements PixelColumn {
  /** Ordinal of the path. */
  private static final int PATH_AT = AT + 1;

  @Override
  public List<Column> columns() {
    return List.of(Quoted.column(bytes), path.isEmpty() ? lit("") : Quoted.column(path));
  }

  @Override
  public List<String> stored() {
    return bytes;
  }

  @Override
  public List<List<String>> storedBeside() {
    return path.isEmpty() ? List.of() : List.of(path);
  }

  @Override
  public long cellBytes() {
    return 0;
  }

  @Override
  public ImageFacts write(InternalRow row, byte[] out, int offset)
      throws IOException, UnusableImageException {
    if (row.isNullAt(AT)) {
      throw new UnusableImageException("null", "is null");
    }
    return new PictureReader(form).read(EncodedImage.of(row.getBinary(AT)), out, offset);
  }

  @Override
  public OptionalInt pathAt() {
    return path.isEmpty() ? OptionalInt.empty() : OptionalInt.of(PATH_AT);
  }
}
