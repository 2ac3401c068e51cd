package org.sparkvae.job.data.source;

import java.io.Serializable;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A digest of the pixels of images in their order, however these are cut into pieces.
 *
 * <p>It is a polynomial, modulo 2^64, whose coefficients are hashes of the images: that of pieces
 * which follow one another is that of the whole. It tells images from others that somebody put in
 * their place, not from those of an adversary.
 *
 * <p>A plain class rather than a record: it is shipped by Spark, whose Kryo cannot write records.
 */
public final class ImagesDigest implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no images. */
  public static final ImagesDigest NOTHING = new ImagesDigest(0, 0);

  /** Odd, so that no hash loses digits however many images follow. */
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final long images;
  private final long value;

  private ImagesDigest(long images, long value) {
    this.images = images;
    this.value = value;
  }

  /** Of one image, which lies in a part of an array. */
  static ImagesDigest of(byte[] pixels, int from, int length) {
    return new ImagesDigest(1, MurmurHash3.hash128x64(pixels, from, length, 0)[0]);
  }

  /** Of these images, then others. */
  public ImagesDigest plus(ImagesDigest next) {
    return new ImagesDigest(images + next.images, value * power(next.images) + next.value);
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

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x".formatted(value);
  }
}
