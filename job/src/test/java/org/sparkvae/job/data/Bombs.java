package org.sparkvae.job.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Few bytes that unpack to many. */
final class Bombs {
  private static final int MEBIBYTE = 1 << 20;

  private Bombs() {}

  /** A zlib stream of so many mebibytes of zeros, without its end. */
  static byte[] zlib(int mebibytes) {
    return zeros(new byte[] {0x78, (byte) 0x9c}, mebibytes);
  }

  /** A gzip file that begins with these bytes and goes on with mebibytes of zeros; has no end. */
  static byte[] gzip(byte[] head, int mebibytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
    file.writeBytes(deflated(head));
    return zeros(file.toByteArray(), mebibytes);
  }

  private static byte[] zeros(byte[] before, int mebibytes) {
    byte[] block = deflated(new byte[MEBIBYTE]);
    int length = Math.addExact(before.length, Math.multiplyExact(mebibytes, block.length));
    byte[] file = Arrays.copyOf(before, length);
    for (int at = before.length; at < length; at += block.length) {
      System.arraycopy(block, 0, file, at, block.length);
    }
    return file;
  }

  /** Whole deflate blocks, which can stand in a row: each forgets what was before. */
  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    byte[] packed = new byte[bytes.length + 100];
    int size = deflater.deflate(packed, 0, packed.length, Deflater.FULL_FLUSH);
    deflater.end();
    return Arrays.copyOf(packed, size);
  }
}
