package org.sparkvae.job.analyse.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import scala.Tuple2;

/**
 * The first images of a set in groups of consecutive ones, on the executors. Which images are in a
 * group depends on their order in the set alone.
 *
 * @param images how many in all
 * @param together images of a group; the last may have fewer
 */
record FirstGroups(ImageSet set, int images, int together) {
  /** How many groups. */
  int count() {
    return (images + together - 1) / together;
  }

  /**
   * Some groups, a partition each, images with their positions in the set.
   *
   * @param wanted the groups' numbers, rising
   */
  JavaRDD<Iterable<Tuple2<Long, ImageBlock>>> spread(int[] wanted) {
    int most = images;
    int size = together;
    int shards = set.shards();
    return set.blocks()
        .mapPartitionsWithIndex((shard, blocks) -> first(shard, shards, most, blocks), false)
        .mapToPair(
            image -> new Tuple2<>(Arrays.binarySearch(wanted, (int) (image._1() / size)), image))
        .filter(image -> image._1() >= 0)
        .groupByKey(new HashPartitioner(wanted.length))
        .values();
  }

  /** The images of a shard that are among the first of the set: position p is in shard p modulo. */
  private static Iterator<Tuple2<Long, ImageBlock>> first(
      int shard, int shards, int most, Iterator<ImageBlock> blocks) {
    List<Tuple2<Long, ImageBlock>> images = new ArrayList<>();
    long position = shard;
    while (position < most && blocks.hasNext()) {
      ImageBlock block = blocks.next().inHeap();
      for (int i = 0; i < block.size() && position < most; i++, position += shards) {
        images.add(new Tuple2<>(position, block.alone(i)));
      }
    }
    return images.iterator();
  }

  /** The ids of all groups' images, [groups][images]. */
  long[][] ids() {
    int most = images;
    int shards = set.shards();
    List<Tuple2<Long, Long>> found =
        set.blocks()
            .mapPartitionsWithIndex(
                (shard, blocks) -> {
                  Iterator<Tuple2<Long, ImageBlock>> first = first(shard, shards, most, blocks);
                  List<Tuple2<Long, Long>> ids = new ArrayList<>();
                  first.forEachRemaining(
                      image -> ids.add(new Tuple2<>(image._1(), image._2().ids()[0])));
                  return ids.iterator();
                },
                false)
            .collect();
    long[][] ids = new long[count()][];
    for (int group = 0; group < ids.length; group++) {
      ids[group] = new long[Math.min(together, images - group * together)];
    }
    for (Tuple2<Long, Long> image : found) {
      int position = Math.toIntExact(image._1());
      ids[position / together][position % together] = image._2();
    }
    return ids;
  }

  /** The groups that have an image without a row. */
  int[] missing(Set<Long> done) {
    long[][] ids = ids();
    return IntStream.range(0, ids.length)
        .filter(group -> !Arrays.stream(ids[group]).allMatch(done::contains))
        .toArray();
  }
}
