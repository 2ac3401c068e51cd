package org.sparkvae.job.data.conversion;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.sparkvae.job.data.faults.UnusableImageException;

/**
 * Checks the chunks of a PNG file (ISO/IEC 15948, section 5.3): that all are there, down to the
 * last, and that the critical ones match their checksums. ImageIO checks neither.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12;

  private PngChunks() {}

  static void check(byte[] png) throws UnusableImageException {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    String type = "";
    while (!type.equals("IEND")) {
      if (at + AROUND_DATA > png.length) {
        throw new UnusableImageException("truncated", "is truncated");
      }
      long length = Integer.toUnsignedLong(bytes.getInt(at));
      if (at + AROUND_DATA + length > png.length) {
        throw new UnusableImageException("truncated", "is truncated");
      }
      type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (Character.isUpperCase(type.charAt(0))) {
        CRC32 sum = new CRC32();
        sum.update(png, at + 4, (int) length + 4);
        if ((int) sum.getValue() != bytes.getInt(at + 8 + (int) length)) {
          throw new UnusableImageException(
              "corrupt", "is corrupt: wrong checksum of its " + type + " chunk");
        }
      }
      at += AROUND_DATA + (int) length;
    }
  }
}
