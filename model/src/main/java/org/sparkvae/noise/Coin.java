package org.sparkvae.noise;

/**
 * A coin that shows 1 with probability pixel / 255, tossed with a random word: the word's upper 24
 * bits, as a uniform u in [0, 1), are below pixel / 255.
 *
 * <p>In integers, u 2^24 <= pixel (2^24 - 1) / 255, whose right side is whole, for every pixel but
 * 0, which never shows 1.
 */
public final class Coin {
  /** (2^24 - 1) / 255. */
  public static final int SPREAD = 0x010101;

  private Coin() {}

  /** 1 or 0; the pixel is an unsigned byte. */
  static float toss(int word, byte pixel) {
    int value = pixel & 0xFF;
    // 1 more for all pixels but 0, without a branch that would be guessed wrong at every other one.
    int heads = value * SPREAD - (-value >> 31);
    return (word >>> 8) - heads >>> 31;
  }
}
