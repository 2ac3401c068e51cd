package org.sparkvae.job.data.idx;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads the items of an IDX file one after another. */
final class IdxCursor implements Closeable {
  private final IdxFile file;
  private final IdxStream stream;
  private long item;

  /** Stands before an item. */
  IdxCursor(Configuration hadoop, IdxFile file, long item) throws IOException {
    this.file = file;
    this.stream = file.openAt(hadoop, item);
    this.item = item;
  }

  /** Reads an item to {@code out[offset ..]}. */
  void read(byte[] out, int offset) throws IOException {
    int bytes = (int) file.itemBytes();
    if (stream.read(out, offset, bytes) < bytes) {
      throw file.truncated(item);
    }
    item++;
  }

  /**
   * Checks what was not read of a gzipped file, whose length and checksum are only known at its
   * end; a plain file's length was checked when it was opened.
   */
  void checkRest() throws IOException {
    if (stream.gzipped()) {
      long expected = (file.items() - item) * file.itemBytes();
      long rest = stream.drain(expected + IdxFile.MOST_TRAILING + 1);
      if (rest < expected) {
        throw file.truncated(item + rest / file.itemBytes());
      }
      file.checkEnd(rest - expected);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
