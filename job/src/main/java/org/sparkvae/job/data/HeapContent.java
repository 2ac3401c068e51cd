package org.sparkvae.job.data;

import java.io.Serializable;

/** Images in arrays. */
final class HeapContent implements ImageContent, Serializable {
  private final long[] ids;
  private final int[] labels;
  private final byte[] pixels;
  private String[] names;

  /** Takes the arrays without a copy; as {@link ImageBlock#ImageBlock} says. */
  HeapContent(long[] ids, int[] labels, byte[] pixels) {
    if (ids.length != labels.length || (ids.length > 0 && pixels.length % ids.length != 0)) {
      throw new IllegalArgumentException(
          ids.length + " ids, " + labels.length + " labels, " + pixels.length + " bytes");
    }
    this.ids = ids;
    this.labels = labels;
    this.pixels = pixels;
  }

  @Override
  public int size() {
    return ids.length;
  }

  @Override
  public int values() {
    return ids.length == 0 ? 0 : pixels.length / ids.length;
  }

  @Override
  public void copy(int image, HeapContent to, int at) {
    int values = values();
    to.ids[at] = ids[image];
    to.labels[at] = labels[image];
    System.arraycopy(pixels, image * values, to.pixels, at * values, values);
    if (names != null) {
      to.name(at, names[image]);
    }
  }

  @Override
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

  @Override
  public HeapContent inHeap() {
    return this;
  }

  /** Not a copy. */
  long[] ids() {
    return ids;
  }

  /** Not a copy. */
  int[] labels() {
    return labels;
  }

  /** Not a copy. */
  byte[] pixels() {
    return pixels;
  }
}
