package org.sparkvae.job.evaluate;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.DataException;
import org.sparkvae.job.data.ImageBlock;

/**
 * The ids of an image set: where each partition's images begin in the order of the set, and the
 * ranges of ids that the result is cut into.
 */
final class ImageIds {
  private final long[] offsets;
  private final long[] sorted;

  private ImageIds(long[] offsets, long[] sorted) {
    this.offsets = offsets;
    this.sorted = sorted;
  }

  /**
   * Collects the ids (8 bytes an image).
   *
   * @throws DataException where there are none, or two images have the same
   */
  static ImageIds of(JavaRDD<ImageBlock> blocks) {
    List<long[]> partitions = blocks.mapPartitions(ImageIds::concatenated).collect();
    long[] offsets = new long[partitions.size()];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + partitions.get(i - 1).length;
    }
    long[] sorted = partitions.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (sorted.length == 0) {
      throw new DataException("the test set holds no images; evaluation needs at least one");
    }
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new DataException(
            "two test images have the id " + sorted[i] + "; ids must be unique");
      }
    }
    return new ImageIds(offsets, sorted);
  }

  private static Iterator<long[]> concatenated(Iterator<ImageBlock> blocks) {
    LongStream.Builder ids = LongStream.builder();
    while (blocks.hasNext()) {
      for (long id : blocks.next().ids()) {
        ids.add(id);
      }
    }
    return List.of(ids.build().toArray()).iterator();
  }

  /** How many images. */
  int count() {
    return sorted.length;
  }

  /** The position of each partition's first image, in the order of the set. */
  long[] offsets() {
    return offsets;
  }

  /**
   * Cuts the ids into ranges of nearly equal numbers of images; the cuts depend on the ids only.
   *
   * @param most images per range
   */
  IdRanges ranges(int most) {
    int parts = (sorted.length - 1) / most + 1;
    long[] first = new long[parts];
    Arrays.setAll(first, part -> sorted[(int) ((long) part * sorted.length / parts)]);
    return new IdRanges(first);
  }
}
