package org.sparkvae.job.evaluate.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * The ids of an image set, or of a slice of it: where each partition's images begin in the order of
 * the set, and the ranges of ids that the result is cut into.
 */
public final class ImageIds {
  private final List<long[]> partitions;
  private final long[] sorted;
  private final long digest;

  private ImageIds(List<long[]> partitions, long[] sorted, long digest) {
    this.partitions = partitions;
    this.sorted = sorted;
    this.digest = digest;
  }

  /**
   * Collects the ids (16 bytes an image on the driver).
   *
   * @param labelNames what labels stand for
   * @throws DataException where there are none, or two images have the same
   */
  public static ImageIds of(JavaRDD<ImageBlock> blocks, Map<Integer, String> labelNames) {
    List<PartitionIds> found =
        blocks.mapPartitions(part -> PartitionIds.of(part, labelNames)).collect();
    List<long[]> partitions = found.stream().map(PartitionIds::ids).toList();
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
    return new ImageIds(
        partitions, sorted, found.stream().mapToLong(PartitionIds::digest).reduce(0, Long::sum));
  }

  /**
   * A digest of all images of a set, as {@link #digest()}, whose ids may be those of others.
   *
   * @param labelNames what labels stand for
   */
  public static long digest(JavaRDD<ImageBlock> blocks, Map<Integer, String> labelNames) {
    return blocks
        .mapPartitions(part -> PartitionIds.of(part, labelNames))
        .map(PartitionIds::digest)
        .fold(0L, Long::sum);
  }

  /**
   * One of several slices of nearly equal numbers of images: the images of consecutive ids, so that
   * slices depend on the ids only, and slice after slice is sorted by id.
   */
  public ImageIds slice(int number, int slices) {
    long[] ids = Arrays.copyOfRange(sorted, cut(number, slices), cut(number + 1, slices));
    long first = ids[0];
    long last = ids[ids.length - 1];
    List<long[]> inSlice =
        partitions.stream()
            .map(part -> LongStream.of(part).filter(id -> first <= id && id <= last).toArray())
            .toList();
    return new ImageIds(inSlice, ids, digest);
  }

  /** The first images by id; all where there are fewer. */
  public ImageIds first(long images) {
    if (images >= sorted.length) {
      return this;
    }
    long[] ids = Arrays.copyOf(sorted, (int) images);
    long last = ids[ids.length - 1];
    List<long[]> among =
        partitions.stream()
            .map(part -> LongStream.of(part).filter(id -> id <= last).toArray())
            .toList();
    return new ImageIds(among, ids, digest);
  }

  /** How many images a slice has. */
  public int count(int number, int slices) {
    return cut(number + 1, slices) - cut(number, slices);
  }

  /** How many images consecutive slices have, from one to before another. */
  public int count(int from, int to, int slices) {
    return cut(to, slices) - cut(from, slices);
  }

  private int cut(int part, int parts) {
    return (int) ((long) part * sorted.length / parts);
  }

  public int count() {
    return sorted.length;
  }

  long first() {
    return sorted[0];
  }

  /** The largest id. */
  public long last() {
    return sorted[sorted.length - 1];
  }

  /** A digest of all images of the whole set: of their ids, labels, names and pixels. */
  public long digest() {
    return digest;
  }

  /** The position of each partition's first image, in the order of the set. */
  long[] offsets() {
    long[] offsets = new long[partitions.size()];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + partitions.get(i - 1).length;
    }
    return offsets;
  }

  /**
   * Cuts the ids into ranges of nearly equal numbers of images; the cuts depend on the ids only.
   *
   * @param most images per range
   */
  public IdRanges ranges(int most) {
    int parts = (sorted.length - 1) / most + 1;
    long[] first = new long[parts];
    Arrays.setAll(first, part -> sorted[cut(part, parts)]);
    return new IdRanges(first);
  }
}
