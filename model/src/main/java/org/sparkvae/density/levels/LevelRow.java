package org.sparkvae.density.levels;

import java.nio.ByteBuffer;
import org.sparkvae.host.HostFloats;

/**
 * The levels of an image, padded to whole vectors, and where they are the first or the last.
 *
 * @param x the levels
 * @param isFirst 1 where the level is 0, else 0
 * @param isLast 1 where the level is 1, else 0
 */
record LevelRow(float[] x, float[] isFirst, float[] isLast) {
  private static final float FIRST = (float) LogisticFormula.HALF;
  private static final float LAST = (float) (1 - LogisticFormula.HALF);

  /** Of so many pixels. */
  static LevelRow of(int pixels) {
    int padded = HostFloats.padded(pixels);
    return new LevelRow(new float[padded], new float[padded], new float[padded]);
  }

  /**
   * Sets the levels to those of a row's image, where they may be others.
   *
   * @param images [images, pixels]
   * @param row whose image is row % images
   */
  void read(ByteBuffer images, int pixels, int row) {
    int count = images.capacity() / Float.BYTES / pixels;
    if (row > 0 && count == 1) {
      return;
    }
    HostFloats.read(images, row % count * pixels, x, pixels);
    for (int d = 0; d < pixels; d++) {
      isFirst[d] = x[d] > FIRST ? 0 : 1;
      isLast[d] = x[d] < LAST ? 0 : 1;
    }
  }
}
