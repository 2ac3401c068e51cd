package org.sparkvae.job.data.idx;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.SourceFiles;

/**
 * An IDX file of unsigned bytes whose header was checked.
 *
 * <p>The format (LeCun, "The MNIST database"): 00 00, the element type (08 is unsigned byte), the
 * number of dimensions, each dimension as a big-endian 32-bit integer, then the elements, last
 * dimension innermost.
 *
 * @param path the file
 * @param gzipped whether it is gzipped
 * @param headerBytes where the elements begin
 * @param dimensions the first is the number of items
 */
record IdxFile(String path, boolean gzipped, int headerBytes, int[] dimensions)
    implements Serializable {
  /** How many bytes deflate makes of one at most (zlib, "Technical Details"). */
  private static final long MOST_DEFLATED = 1032;

  /** A file that goes on for longer behind its last item is not read to its end. */
  static final long MOST_TRAILING = 1 << 20;

  /** What a file should hold. */
  enum Kind {
    /** Grey [n, rows, columns], or [n, rows, columns, channels]. */
    IMAGES("images", "0x00000803 or 0x00000804", 3, 4),
    /** One number an image. */
    LABELS("labels", "0x00000801", 1, 1);

    private final String plural;
    private final String magic;
    private final int fewestDimensions;
    private final int mostDimensions;

    Kind(String plural, String magic, int fewestDimensions, int mostDimensions) {
      this.plural = plural;
      this.magic = magic;
      this.fewestDimensions = fewestDimensions;
      this.mostDimensions = mostDimensions;
    }
  }

  /**
   * Reads and checks a file's header, and its length where it is not gzipped.
   *
   * @throws DataException where anything is wrong with it
   */
  static IdxFile open(Configuration hadoop, String path, Kind kind) {
    long length = SourceFiles.file(hadoop, path).getLen();
    if (length == 0) {
      throw new DataException(path + ": is empty; an IDX file of " + kind.plural + " is needed");
    }
    IdxFile file;
    try (IdxStream stream = IdxStream.open(hadoop, path)) {
      file = readHeader(stream, path, kind);
    } catch (IOException e) {
      throw SourceFiles.unreadable(path, e);
    }
    if (file.gzipped) {
      file.checkRatio(length);
    } else {
      file.checkLength(length - file.headerBytes);
    }
    return file;
  }

  private static IdxFile readHeader(IdxStream stream, String path, Kind kind) throws IOException {
    byte[] magic = read(stream, path, 4);
    int dimensions = magic[3];
    if (magic[0] != 0
        || magic[1] != 0
        || magic[2] != 8
        || dimensions < kind.fewestDimensions
        || dimensions > kind.mostDimensions) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: not an IDX file of %s: starts with 0x%08x, not %s; name another file",
              path,
              kind.plural,
              ByteBuffer.wrap(magic).getInt(),
              kind.magic));
    }
    ByteBuffer sizes = ByteBuffer.wrap(read(stream, path, 4 * dimensions));
    IdxFile file = new IdxFile(path, stream.gzipped(), 4 + 4 * dimensions, new int[dimensions]);
    for (int d = 0; d < dimensions; d++) {
      file.dimensions[d] = sizes.getInt();
    }
    file.checkDimensions(kind);
    return file;
  }

  private static byte[] read(IdxStream stream, String path, int count) throws IOException {
    byte[] bytes = new byte[count];
    if (stream.read(bytes, 0, count) < count) {
      throw new DataException(path + ": truncated within the IDX header; fetch it again");
    }
    return bytes;
  }

  private void checkDimensions(Kind kind) {
    if (items() == 0) {
      throw new DataException(path + ": holds no " + kind.plural + "; name another file");
    }
    boolean sane = items() > 0;
    if (kind == Kind.IMAGES) {
      sane &= ImageShape.isSane(dimensions[2], dimensions[1], channels());
    }
    if (!sane) {
      long[] unsigned = Arrays.stream(dimensions).mapToLong(Integer::toUnsignedLong).toArray();
      throw new DataException(
          path
              + ": the IDX header says "
              + Arrays.toString(unsigned)
              + ", which cannot be "
              + kind.plural
              + "; fetch it again");
    }
  }

  private void checkRatio(long length) {
    if (items() * itemBytes() > MOST_DEFLATED * length) {
      throw new DataException(
          path
              + ": the IDX header says "
              + Arrays.toString(dimensions)
              + ", more than "
              + length
              + " gzipped bytes can hold; fetch it again");
    }
  }

  private void checkLength(long elements) {
    if (elements < items() * itemBytes()) {
      throw truncated(elements / itemBytes());
    }
    checkEnd(elements - items() * itemBytes());
  }

  /** How many items the header says there are. */
  long items() {
    return dimensions[0];
  }

  /** Bytes per item, a byte an element. */
  long itemBytes() {
    long bytes = 1;
    for (int d = 1; d < dimensions.length; d++) {
      bytes *= dimensions[d];
    }
    return bytes;
  }

  /** The shape of an item that is an image. */
  ImageShape shape() {
    return new ImageShape(dimensions[2], dimensions[1], channels());
  }

  private int channels() {
    return dimensions.length == 4 ? dimensions[3] : 1;
  }

  /** A stream that stands at an item. */
  IdxStream openAt(Configuration hadoop, long item) throws IOException {
    IdxStream stream = IdxStream.open(hadoop, path);
    stream.skip(headerBytes + item * itemBytes());
    return stream;
  }

  /** The error for a file that ends early. */
  DataException truncated(long itemsThere) {
    return new DataException(
        path
            + ": truncated: ends after "
            + itemsThere
            + " of "
            + items()
            + " items; fetch it again");
  }

  /** Refuses bytes after the last item. */
  void checkEnd(long bytesLeft) {
    if (bytesLeft != 0) {
      throw new DataException(
          path
              + ": "
              + (bytesLeft > MOST_TRAILING ? "over " + MOST_TRAILING : bytesLeft)
              + " bytes after the last of "
              + items()
              + " items; fetch it again");
    }
  }
}
