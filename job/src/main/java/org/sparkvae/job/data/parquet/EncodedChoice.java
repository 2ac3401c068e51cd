package org.sparkvae.job.data.parquet;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkvae.job.data.conversion.EncodedImage;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.Reading;
import org.sparkvae.job.settings.ImageSource;

/**
 * Looks into the first cells of a column that may hold PNG or JPEG files.
 *
 * @param table that is read
 * @param key of its rows
 * @param source that names the column
 * @param reading of its images
 * @param bytes where the files' bytes are: a column, or a field of one
 * @param path where their paths are, likewise; empty for nowhere
 */
record EncodedChoice(
    ParquetTable table,
    RowKey key,
    ImageSource.Parquet source,
    Reading reading,
    List<String> bytes,
    List<String> path) {

  /** The column as long as no image is known. */
  EncodedColumn unread() {
    return new EncodedColumn(bytes, path, reading.form(new ImageShape(1, 1, 1), source.path()));
  }

  /**
   * Whether the column holds PNG and JPEG files: the first cell that is one, or is raw, decides.
   *
   * @param raw whether a cell is raw where it is no file
   */
  boolean isEncoded(Predicate<byte[]> raw) {
    return cells()
        .map(this::bytes)
        .filter(cell -> EncodedImage.isOne(cell) || raw.test(cell))
        .findFirst()
        .map(EncodedImage::isOne)
        .orElse(false);
  }

  /**
   * The column of files, of which the first one that can be decoded gives the shape.
   *
   * @throws DataException where none can, or it is not as the settings say
   */
  EncodedColumn column() {
    table.fit(unread());
    String firstReason = null;
    for (InternalRow row : (Iterable<InternalRow>) cells()::iterator) {
      try {
        ImageShape shape = reading.first(EncodedImage.of(bytes(row)).shape(reading.colour()));
        check(shape, key.name(row));
        return new EncodedColumn(bytes, path, reading.form(shape, key.name(row)));
      } catch (UnusableImageException e) {
        firstReason = firstReason == null ? key.name(row) + ": " + e.getMessage() : firstReason;
      }
    }
    throw new DataException(
        String.format(
            "%s: none of the first cells of column '%s' is a readable image (%s); name another table"
                + " or column",
            source.path(), source.column(), firstReason == null ? "all are null" : firstReason));
  }

  /** The rows at the beginning whose cells are not null. */
  private Stream<InternalRow> cells() {
    Column cell = Quoted.column(bytes);
    return new FirstRows(table.table(), key)
        .of(List.of(cell))
        .filter(row -> !row.isNullAt(key.columns().size()));
  }

  private byte[] bytes(InternalRow row) {
    return row.getBinary(key.columns().size());
  }

  /** Width, height and channels need not be set; where they are, they are to agree. */
  private void check(ImageShape first, String name) {
    ImageShape shape = reading.form(first, name).shape();
    boolean agrees =
        source.width() == 0
            || (source.width() == shape.width() && source.height() == shape.height());
    if (!agrees || (source.channels() == 3 && shape.channels() == 1)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: images are %s, where %s.width, height and channels are %d, %d and %d; leave them"
                  + " out, as the files in column '%s' tell them",
              name,
              shape,
              reading.block(),
              source.width(),
              source.height(),
              source.channels(),
              source.column()));
    }
  }
}
