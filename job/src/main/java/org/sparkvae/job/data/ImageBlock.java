package org.sparkvae.job.data;

import java.io.Serializable;

/**
 * Some images packed as unsigned bytes, with their ids and labels.
 *
 * <p>A plain class rather than a record: it is cached, spilled and shipped by Spark, whose Kryo
 * cannot write records.
 */
public final class ImageBlock implements Serializable {
  private final long[] ids;
  private final int[] labels;
  private final byte[] pixels;

  /**
   * Takes the arrays without a copy.
   *
   * @param ids one per image, unique in its image set
   * @param labels one per image, -1 for none
   * @param pixels [images * values], unsigned
   */
  public ImageBlock(long[] ids, int[] labels, byte[] pixels) {
    if (ids.length != labels.length || (ids.length > 0 && pixels.length % ids.length != 0)) {
      throw new IllegalArgumentException(
          ids.length + " ids, " + labels.length + " labels, " + pixels.length + " bytes");
    }
    this.ids = ids;
    this.labels = labels;
    this.pixels = pixels;
  }

  /** How many images. */
  public int size() {
    return ids.length;
  }

  /** The ids, not a copy. */
  public long[] ids() {
    return ids;
  }

  /** The labels, not a copy; -1 for none. */
  public int[] labels() {
    return labels;
  }

  /** The pixels, not a copy. */
  public byte[] pixels() {
    return pixels;
  }
}
