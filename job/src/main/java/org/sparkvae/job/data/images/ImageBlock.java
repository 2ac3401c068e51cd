package org.sparkvae.job.data.images;

import java.io.Serializable;

/**
 * Some images packed as unsigned bytes, with their ids and labels, and names where they have any.
 *
 * <p>They lie in the heap, or in a file on a local disk of this process. A block in a file takes a
 * few bytes of heap, reads one image at a time by {@link #copy}, and cannot leave the process: to
 * serialise it fails.
 *
 * <p>A plain class rather than a record: it is cached, spilled and shipped by Spark, whose Kryo
 * cannot write records.
 */
public final class ImageBlock implements Serializable {
  private final ImageContent content;

  /**
   * Room for so many images of so many values.
   *
   * @throws ArithmeticException where an array cannot hold them
   */
  public static ImageBlock ofSize(int images, int values) {
    byte[] pixels = new byte[Math.multiplyExact(images, values)];
    return new ImageBlock(new long[images], new int[images], pixels);
  }

  /**
   * Takes the arrays without a copy.
   *
   * @param ids one per image, unique in its image set
   * @param labels one per image, -1 for none
   * @param pixels [images * values], unsigned
   */
  public ImageBlock(long[] ids, int[] labels, byte[] pixels) {
    this(new HeapContent(ids, labels, pixels));
  }

  /** A block of images that lie anywhere. */
  ImageBlock(ImageContent content) {
    this.content = content;
  }

  /** How a person finds an image. */
  public ImageName name(int image) {
    return content.name(image);
  }

  /** Names an image of a block in the heap. */
  public void name(int image, ImageName name) {
    content.inHeap().name(image, name);
  }

  /** The same images under other ids and labels; of a block in the heap the rest is shared. */
  public ImageBlock with(long[] otherIds, int[] otherLabels) {
    return new ImageBlock(content.inHeap().with(otherIds, otherLabels));
  }

  /** The first so many images; these where that is all of them, else a copy in the heap. */
  public ImageBlock first(int images) {
    return images == size() ? this : new ImageBlock(content.inHeap().first(images));
  }

  /** A copy of an image, alone in its block. */
  public ImageBlock alone(int image) {
    ImageBlock block = ofSize(1, values());
    copy(image, block, 0);
    return block;
  }

  public int size() {
    return content.size();
  }

  /** Values per image; 0 where there is no image. */
  public int values() {
    return content.values();
  }

  /** Bytes of heap that the pixels and the names take; a block in a file is read for it. */
  public long bytes() {
    return content.inHeap().bytes();
  }

  /** Copies an image to a place in another block, in the heap, of images of the same shape. */
  public void copy(int image, ImageBlock to, int at) {
    if (!(to.content instanceof HeapContent heap)) {
      throw new IllegalArgumentException("a block in a file takes no images");
    }
    content.copy(image, heap, at);
  }

  /** Whether they lie in the heap, so that to look at them reads no file. */
  public boolean isInHeap() {
    return content instanceof HeapContent;
  }

  /** The same images in the heap: itself, or a block that is read from the file. */
  public ImageBlock inHeap() {
    HeapContent heap = content.inHeap();
    return heap == content ? this : new ImageBlock(heap);
  }

  /** The ids; not a copy, unless the block lies in a file, which then is read at every call. */
  public long[] ids() {
    return content.inHeap().ids();
  }

  /** The labels, -1 for none; a copy where the {@link #ids} are. */
  public int[] labels() {
    return content.inHeap().labels();
  }

  /** The pixels; a copy where the {@link #ids} are. */
  public byte[] pixels() {
    return content.inHeap().pixels();
  }
}
