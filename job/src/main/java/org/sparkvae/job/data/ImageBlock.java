package org.sparkvae.job.data;

import java.io.Serializable;
import java.util.Arrays;

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
  private ImageName[] names;

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

  /** How a person finds an image. */
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
  ImageBlock with(long[] otherIds, int[] otherLabels) {
    ImageBlock block = new ImageBlock(otherIds, otherLabels, pixels);
    block.names = names;
    return block;
  }

  /** The first so many images; these where that is all of them, else a copy. */
  ImageBlock first(int images) {
    if (images == size()) {
      return this;
    }
    ImageBlock block =
        new ImageBlock(
            Arrays.copyOf(ids, images),
            Arrays.copyOf(labels, images),
            Arrays.copyOf(pixels, images * values()));
    block.names = names == null ? null : Arrays.copyOf(names, images);
    return block;
  }

  /** A copy of an image, alone in its block. */
  public ImageBlock alone(int image) {
    ImageBlock block = ofSize(1, values());
    copy(image, block, 0);
    return block;
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
    to.name(at, name(image));
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
