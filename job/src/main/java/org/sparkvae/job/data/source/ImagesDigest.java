package org.sparkvae.job.data.source;

import java.io.Serializable;
import java.util.HexFormat;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Digests of the pixels of images, in their order and in any, however these are cut into pieces.
 *
 * <p>In their order it is a polynomial, modulo 2^64, whose coefficients are hashes of the images:
 * that of pieces which follow one another is that of the whole. In any order it is the sum of the
 * hashes. They tell images from others that somebody put in their place, not from those of an
 * adversary.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class ImagesDigest implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no images. */
  public static final ImagesDigest NOTHING = new ImagesDigest(0, 0, 0);

  /** Odd, so that no hash loses digits however many images follow. */
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final long images;
  private final long ordered;
  private final long sum;

  private ImagesDigest(long images, long ordered, long sum) {
    this.images = images;
    this.ordered = ordered;
    this.sum = sum;
  }

  /** Of one image, which lies in a part of an array. */
  static ImagesDigest of(byte[] pixels, int from, int length) {
    long hash = MurmurHash3.hash128x64(pixels, from, length, 0)[0];
    return new ImagesDigest(1, hash, hash);
  }

  /** Of these images, then others. */
  public ImagesDigest plus(ImagesDigest next) {
    return new ImagesDigest(
        images + next.images, ordered * power(next.images) + next.ordered, sum + next.sum);
  }

  private static long power(long exponent) {
    long power = 1;
    long square = BASE;
    for (long left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }

  /** In their order: 16 hexadecimal digits. */
  public String ordered() {
    return HexFormat.of().toHexDigits(ordered);
  }

  /** In any order: 16 hexadecimal digits. */
  public String unordered() {
    return HexFormat.of().toHexDigits(sum);
  }
}
