package org.sparkvae.job.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.data.shards.Storage;
import org.sparkvae.job.data.source.ImagesDigest;
import org.sparkvae.job.data.source.OpenSource;
import org.sparkvae.job.data.source.ReadTally;
import org.sparkvae.job.data.source.SourceBlock;
import org.sparkvae.job.data.source.ValueTally;
import org.sparkvae.job.settings.DataSettings.OnBadImage;

/**
 * A source that was read: cached blocks in source order, and how many images lie before each
 * partition.
 *
 * @param source it was read from
 * @param blocks persisted
 * @param tallies one per partition
 */
record LoadedImages(OpenSource source, JavaRDD<SourceBlock> blocks, List<ReadTally> tallies)
    implements AutoCloseable {

  /**
   * Reads a source once and keeps its blocks in the cluster.
   *
   * @param storage where they are kept
   * @throws DataException for the first thing wrong in source order; for a bad image only where
   *     those are not to be skipped; where no image is left
   */
  static LoadedImages read(
      OpenSource source, Packing packing, OnBadImage onBadImage, Storage storage) {
    JavaRDD<SourceBlock> blocks = null;
    try {
      // Sorting a table samples it, so that even this may fail to read.
      blocks = source.blocks(storage.ofSource(packing), onBadImage).persist(storage.ofSource());
      List<ReadTally> tallies = ReadTallies.of(blocks);
      LoadedImages loaded = new LoadedImages(source, blocks, tallies);
      loaded.check();
      return loaded;
    } catch (Exception e) {
      if (blocks != null) {
        letGo(blocks, e);
      }
      throw ReadFailure.of(source.path(), e);
    }
  }

  /** What failed before is what is told, also where Spark was stopped and refuses this. */
  private static void letGo(JavaRDD<SourceBlock> blocks, Exception failure) {
    try {
      blocks.unpersist(false);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void check() {
    for (ReadTally tally : tallies) {
      if (tally.error() != null) {
        throw new DataException(tally.error());
      }
    }
    if (images() == 0 && bad().count() == 0) {
      throw new DataException(source.path() + ": has no rows or images; name another source");
    }
    if (images() == 0) {
      throw new DataException(
          source.path()
              + ": holds no usable image"
              + bad().aside()
              + first()
              + "; name another source");
    }
    ReadValues.of(this).fault().ifPresent(this::refuse);
  }

  private String first() {
    return bad().listed().stream().findFirst().map(image -> "; the first: " + image).orElse("");
  }

  private void refuse(String fault) {
    throw new DataException(source.path() + ": " + fault);
  }

  /** How many usable images there are. */
  long images() {
    return tallies.stream().mapToLong(ReadTally::images).sum();
  }

  /**
   * Bytes of heap that the name of an image takes, on average of the partition with the longest
   * ones; 0 where none are kept.
   */
  long nameBytes() {
    return tallies.stream()
        .filter(tally -> tally.images() > 0)
        .mapToLong(tally -> (tally.nameBytes() + tally.images() - 1) / tally.images())
        .max()
        .orElse(0);
  }

  /** The bad images that were left out. */
  BadImages bad() {
    return tallies.stream().map(ReadTally::bad).reduce(BadImages.NONE, BadImages::plus);
  }

  /** What the values of the usable ones have in common. */
  ValueTally values() {
    return tallies.stream().map(ReadTally::values).reduce(ValueTally.NOTHING, ValueTally::plus);
  }

  /** A digest of the usable ones, in source order where the source keeps one. */
  String digest() {
    ImagesDigest digest =
        tallies.stream().map(ReadTally::digest).reduce(ImagesDigest.NOTHING, ImagesDigest::plus);
    return source.keepsOrder() ? digest.ordered() : digest.unordered();
  }

  /** Position of each partition's first image. */
  long[] positions() {
    return before(tallies.stream().mapToLong(ReadTally::images).toArray());
  }

  /** What to add to the ids of each partition. */
  private long[] idOffsets() {
    return switch (source.numbering()) {
      case GLOBAL -> new long[tallies.size()];
      case WITHIN_PARTITION -> before(tallies.stream().mapToLong(ReadTally::entries).toArray());
    };
  }

  private static long[] before(long[] counts) {
    long[] before = new long[counts.length];
    for (int i = 1; i < counts.length; i++) {
      before[i] = before[i - 1] + counts[i - 1];
    }
    return before;
  }

  /**
   * The images with their own ids, and labels numbered alike in all sources.
   *
   * @param numbering of all of the source's names, and others
   */
  JavaRDD<ImageBlock> images(LabelNumbering numbering) {
    long[] idOffsets = idOffsets();
    int[] labels = numbering.numbers(source.labelNames());
    return blocks.mapPartitionsWithIndex(
        (partition, parts) -> new Renumbering(idOffsets[partition], labels).of(parts), false);
  }

  /** Frees the cached blocks. */
  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
