package org.sparkvae.job.train.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.tensor.kernels.Kernels;

/** The images of one shard, numbered from 0 through its blocks in their order. */
public final class ShardImages {
  private final List<ImageBlock> blocks = new ArrayList<>();
  private int[] starts = new int[16];
  private int size;

  /** All blocks of a partition. */
  public static ShardImages of(Iterator<ImageBlock> partition) {
    ShardImages images = new ShardImages();
    partition.forEachRemaining(images::add);
    return images;
  }

  /**
   * All blocks of a partition of {@link PackedImages}.
   *
   * @throws IllegalArgumentException for any other data set
   */
  public static ShardImages packed(Iterator<DataSet> partition) {
    ShardImages images = new ShardImages();
    while (partition.hasNext()) {
      images.add(PackedImages.block(partition.next()));
    }
    return images;
  }

  private void add(ImageBlock block) {
    if (blocks.size() == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[blocks.size()] = size;
    blocks.add(block);
    size = Math.addExact(size, block.size());
  }

  public int size() {
    return size;
  }

  /**
   * Has a device keep those that lie in the heap: for who will use all of them, so that to send
   * them one by one would be no less.
   */
  public void keep(Kernels kernels) {
    kernels
        .inputs()
        .ifPresent(
            device ->
                blocks.stream()
                    .filter(ImageBlock::isInHeap)
                    .forEach(block -> device.keep(block.pixels())));
  }

  /** Copies an image, with its id and label, to a place in a block. */
  void copy(int image, ImageBlock to, int at) {
    int b = indexOfBlock(image);
    blocks.get(b).copy(numberIn(b, image), to, at);
  }

  /** Sets {@code out[offset ..]} to an image's values. */
  void values(Binariser binariser, int image, long epoch, float[] out, int offset) {
    int b = indexOfBlock(image);
    binariser.write(blocks.get(b), numberIn(b, image), epoch, out, offset);
  }

  /** A block, of which others take images. */
  ImageBlock block(int index) {
    return blocks.get(index);
  }

  /** The number of an image in its block. */
  int numberIn(int block, int image) {
    return image - starts[block];
  }

  /** The block that holds an image. */
  int indexOfBlock(int image) {
    if (image < 0 || image >= size) {
      throw new IndexOutOfBoundsException(image + " of " + size + " images");
    }
    int low = 0;
    int high = blocks.size() - 1;
    // The last block that starts at or before the image: an empty block never holds one.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= image) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
