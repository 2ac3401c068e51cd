package org.sparkvae.job.data;

import java.io.Serializable;

/**
 * Some images packed as unsigned bytes, with their ids and labels, and names where they have any.
 *
 * <p>A plain class rather than a record: it is cached, spilled and shipped by Spark, whose Kryo
 * cannot write records.
 */
public final class ImageBlock implements Serializable {
  private final long[] ids;
  private final int[] labels;
  private final byte[] pixels;
  private String[] names;

  /** Room for so many images of so many values. */
  public static ImageBlock ofSize(int images, int values) {
    return new ImageBlock(new long[images], new int[images], new byte[images * values]);
  }

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

  /** The name of an image, such as its file's path; null where it has none. */
  public String name(int image) {
    return names == null ? null : names[image];
  }

  /** Gives an image a name. */
  void name(int image, String name) {
    if (names == null) {
      names = new String[ids.length];
    }
    names[image] = name;
  }

  /** How many images. */
  public int size() {
    return ids.length;
  }

  /** Values per image; 0 where there is no image. */
  int values() {
    return ids.length == 0 ? 0 : pixels.length / ids.length;
  }

  /** Copies an image to a place in another block of images of the same shape. */
  public void copy(int image, ImageBlock to, int at) {
    int values = values();
    to.ids[at] = ids[image];
    to.labels[at] = labels[image];
    System.arraycopy(pixels, image * values, to.pixels, at * values, values);
    if (names != null) {
      to.name(at, names[image]);
    }
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
