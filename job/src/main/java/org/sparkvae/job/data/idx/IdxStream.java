package org.sparkvae.job.data.idx;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.source.SourceFiles;

/** The bytes of an IDX file, unpacked where it is gzipped (told by its first two bytes). */
final class IdxStream implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String path;
  private final boolean gzipped;
  private final InputStream bytes;

  private IdxStream(String path, boolean gzipped, InputStream bytes) {
    this.path = path;
    this.gzipped = gzipped;
    this.bytes = bytes;
  }

  /** Opens the file at its first byte. */
  static IdxStream open(Configuration hadoop, String path) throws IOException {
    Path location = new Path(path);
    FSDataInputStream file = SourceFiles.fileSystem(hadoop, location).open(location);
    try {
      PushbackInputStream raw = new PushbackInputStream(new BufferedInputStream(file, BUFFER), 2);
      byte[] head = raw.readNBytes(2);
      raw.unread(head);
      boolean gzipped = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
      InputStream bytes = gzipped ? new GZIPInputStream(raw, BUFFER) : raw;
      return new IdxStream(path, gzipped, bytes);
    } catch (EOFException e) {
      file.close();
      throw new DataException(path + ": truncated within the gzip header; fetch it again", e);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Whether the file is gzipped, so that only a reader from the start can find its way. */
  boolean gzipped() {
    return gzipped;
  }

  /** Fills as much of {@code out[offset .. offset + count)} as there are bytes; how many. */
  int read(byte[] out, int offset, int count) throws IOException {
    try {
      return bytes.readNBytes(out, offset, count);
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw corrupt(e);
    }
  }

  /** Goes over so many bytes. */
  void skip(long count) throws IOException {
    try {
      bytes.skipNBytes(count);
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw corrupt(e);
    }
  }

  /** Reads on to the end, so that checksums are checked, or so far; how many bytes there were. */
  long drain(long most) throws IOException {
    byte[] sink = new byte[BUFFER];
    long drained = 0;
    int n = 1;
    while (n > 0 && drained < most) {
      n = read(sink, 0, (int) Math.min(BUFFER, most - drained));
      drained += n;
    }
    return drained;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private DataException truncated(EOFException cause) {
    return new DataException(
        path + ": truncated" + (gzipped ? " gzip file" : "") + "; fetch it again", cause);
  }

  private DataException corrupt(ZipException cause) {
    return new DataException(
        path + ": corrupt gzip file: " + cause.getMessage() + "; fetch it again", cause);
  }
}
