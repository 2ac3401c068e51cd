package org.sparkvae.job.data.parquet;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.source.Entries;

/** Rows of a Parquet table in the order of their keys. */
final class ParquetEntries implements Entries {
  private final Iterator<InternalRow> rows;
  private final RowKey key;
  private final LabelColumn labels;
  private final PixelColumn pixels;
  private InternalRow row;
  private long ordinal = -1;
  private long id;
  private String idText;

  ParquetEntries(Iterator<InternalRow> rows, RowKey key, LabelColumn labels, PixelColumn pixels) {
    this.rows = rows;
    this.key = key;
    this.labels = labels;
    this.pixels = pixels;
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    row = rows.next();
    ordinal++;
    long next = key.id(row, ordinal);
    String nextText = key.text(row);
    // Rows are sorted, and equal keys never part.
    if (ordinal > 0 && (next == id || nextText != null && nextText.equals(idText))) {
      throw new DataException(name() + ": two rows have this id; give every row its own");
    }
    id = next;
    idText = nextText;
    return true;
  }

  @Override
  public String name() {
    return key.name(row);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public ImageName ownName() {
    return new ImageName(pixels.path(row).orElse(null), idText);
  }

  @Override
  public int label() throws UnusableImageException {
    return labels.label(row);
  }

  @Override
  public ImageFacts pixels(byte[] out, int offset) throws IOException, UnusableImageException {
    return pixels.write(row, out, offset);
  }

  @Override
  public void close() {}
}
