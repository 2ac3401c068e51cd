package org.sparkvae.job.data.images;

import java.io.Serializable;
import java.util.Arrays;

final class HeapContent implements ImageContent, Serializable {
  private final long[] ids;
  private final int[] labels;
  private final byte[] pixels;
  private ImageName[] names;

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
    if (names != null || to.names != null) {
      to.name(at, name(image));
    }
  }

  @Override
  public ImageName name(int image) {
    return names == null ? ImageName.NONE : names[image];
  }

  /** Names an image; those without a name take no room until one has. */
  void name(int image, ImageName name) {
    if (names == null) {
      if (name.equals(ImageName.NONE)) {
        return;
      }
      names = new ImageName[ids.length];
      Arrays.fill(names, ImageName.NONE);
    }
    names[image] = name;
  }

  /** The same images under other ids and labels; pixels and names are shared. */
  HeapContent with(long[] otherIds, int[] otherLabels) {
    HeapContent other = new HeapContent(otherIds, otherLabels, pixels);
    other.names = names;
    return other;
  }

  /** A copy of the first so many images. */
  HeapContent first(int images) {
    HeapContent some =
        new HeapContent(
            Arrays.copyOf(ids, images),
            Arrays.copyOf(labels, images),
            Arrays.copyOf(pixels, images * values()));
    some.names = names == null ? null : Arrays.copyOf(names, images);
    return some;
  }

  /** Bytes of heap that the pixels and the names take. */
  long bytes() {
    long bytes = pixels.length;
    for (int i = 0; names != null && i < names.length; i++) {
      bytes += names[i].bytes();
    }
    return bytes;
  }

  @Override
  public HeapContent inHeap() {
    return this;
  }

  long[] ids() {
    return ids;
  }

  int[] labels() {
    return labels;
  }

  byte[] pixels() {
    return pixels;
  }
}
