package org.sparkvae.job.data.conversion;

import org.sparkvae.job.data.faults.UnusableImageException;

/**
 * Checks the segments of a JPEG file (ITU-T T.81, annex B): that it has no more components than
 * colour needs, and no more scans than any encoder writes. What is malformed is left to the
 * decoder.
 */
final class JpegSegments {
  /** Each may go over all pixels again, however few bytes it has; encoders write about ten. */
  private static final int MOST_SCANS = 100;

  private static final int SIGNATURE = 2;
  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;

  private final byte[] bytes;
  private int at = SIGNATURE;
  private int scans;

  private JpegSegments(byte[] bytes) {
    this.bytes = bytes;
  }

  static void check(byte[] jpeg) throws UnusableImageException {
    new JpegSegments(jpeg).check();
  }

  private void check() throws UnusableImageException {
    for (int marker = marker(); marker != END; marker = marker()) {
      if (isFrame(marker) && unsigned(at + 7) == 4) {
        throw new UnusableImageException(
            "CMYK", "has four colour channels (CMYK); convert it to RGB");
      }
      if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
        throw new UnusableImageException("of too many scans", "has over " + MOST_SCANS + " scans");
      }
      at += Math.max(2, unsigned(at) << 8 | unsigned(at + 1));
    }
  }

  /**
   * Goes behind the next marker that begins a segment, over the pixels of a scan and markers in
   * them; {@link #END} at the end of the bytes, too.
   */
  private int marker() {
    while (at + 1 < bytes.length) {
      int marker = unsigned(at + 1);
      boolean alone = marker == 0 || marker == 1 || marker == 0xff || marker >> 3 == 0xd0 >> 3;
      if (unsigned(at) == 0xff && !alone) {
        at += 2;
        return marker;
      }
      at++;
    }
    return END;
  }

  /** Start of frame: C0 to CF but for the tables (C4, CC) and an extension (C8). */
  private static boolean isFrame(int marker) {
    return marker >> 4 == 0xc && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private int unsigned(int index) {
    return index < bytes.length ? bytes[index] & 0xff : 0;
  }
}
