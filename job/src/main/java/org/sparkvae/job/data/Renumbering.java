package org.sparkvae.job.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.source.SourceBlock;

/**
 * Gives the blocks of a partition their final ids and labels; pixels and names are shared with the
 * cache.
 *
 * @param idOffset added to ids
 * @param labels the new label of each old one; empty to keep them
 */
record Renumbering(long idOffset, int[] labels) {

  Iterator<ImageBlock> of(Iterator<SourceBlock> blocks) {
    Iterable<SourceBlock> once = () -> blocks;
    Stream<SourceBlock> stream = StreamSupport.stream(once.spliterator(), false);
    return stream.map(SourceBlock::images).map(this::renumber).iterator();
  }

  private ImageBlock renumber(ImageBlock block) {
    if (idOffset == 0 && labels.length == 0) {
      return block;
    }
    long[] ids = Arrays.stream(block.ids()).map(id -> id + idOffset).toArray();
    int[] renamed =
        labels.length == 0
            ? block.labels()
            : Arrays.stream(block.labels()).map(label -> label < 0 ? -1 : labels[label]).toArray();
    return block.with(ids, renamed);
  }
}
