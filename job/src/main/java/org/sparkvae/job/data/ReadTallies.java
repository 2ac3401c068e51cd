package org.sparkvae.job.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.source.ReadTally;
import org.sparkvae.job.data.source.SourceBlock;

/**
 * Brings the tallies of blocks to the driver, one for each partition, which together list the first
 * {@value BadImages#MOST_LISTED} bad images.
 *
 * <p>Each partition could list as many, and many partitions more than the driver has room for. So
 * they send a few first, and those that come early in the source send the rest when it is known how
 * many others have.
 */
final class ReadTallies {
  private ReadTallies() {}

  /** Reads the blocks, which are to be persisted: those of some partitions are read twice. */
  static List<ReadTally> of(JavaRDD<SourceBlock> blocks) {
    int few = Math.max(1, BadImages.MOST_LISTED / Math.max(1, blocks.getNumPartitions()));
    List<ReadTally> tallies =
        new ArrayList<>(
            blocks.mapPartitions(part -> List.of(tally(part, few)).iterator()).collect());
    int[] rooms = rooms(tallies);
    List<Integer> cut = new ArrayList<>();
    for (int part = 0; part < rooms.length; part++) {
      if (tallies.get(part).bad().listed().size() < rooms[part]) {
        cut.add(part);
      }
    }
    if (!cut.isEmpty()) {
      List<ReadTally>[] whole =
          blocks
              .mapPartitionsWithIndex(
                  (part, in) -> List.of(tally(in, rooms[part])).iterator(), false)
              .collectPartitions(cut.stream().mapToInt(part -> part).toArray());
      for (int i = 0; i < whole.length; i++) {
        tallies.set(cut.get(i), whole[i].get(0));
      }
    }
    return tallies;
  }

  /** How many of each partition's bad images are among the first of all. */
  private static int[] rooms(List<ReadTally> tallies) {
    int[] rooms = new int[tallies.size()];
    int left = BadImages.MOST_LISTED;
    for (int part = 0; part < rooms.length; part++) {
      rooms[part] = (int) Math.min(left, tallies.get(part).bad().count());
      left -= rooms[part];
    }
    return rooms;
  }

  private static ReadTally tally(Iterator<SourceBlock> blocks, int listed) {
    ReadTally tally = ReadTally.NOTHING;
    while (blocks.hasNext()) {
      tally = tally.plus(blocks.next().tally());
    }
    return tally.listing(listed);
  }
}
