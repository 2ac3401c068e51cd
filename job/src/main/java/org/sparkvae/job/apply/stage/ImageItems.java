package org.sparkvae.job.apply.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.IdRanges;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import scala.Tuple2;

/**
 * Images of a set in groups of consecutive ids.
 *
 * @param application that is done to them
 * @param set that they are of
 * @param ids of those that it takes
 * @param ranges of ids, a group each
 */
record ImageItems(OfImages application, ImageSet set, ImageIds ids, IdRanges ranges)
    implements Items {

  /**
   * Those that an application takes; reads the images' ids.
   *
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  static ImageItems of(OfImages application, ImageSet set) {
    ImageIds all = ImageIds.of(set.blocks(), set.labelNames());
    ImageIds taken = all.first(application.images(all.count()));
    return new ImageItems(application, set, taken, taken.ranges(application.together()));
  }

  @Override
  public long count() {
    return ids.count();
  }

  @Override
  public long rows() {
    return application.rows(ids.count());
  }

  @Override
  public long digest() {
    return ids.digest();
  }

  @Override
  public int groups() {
    return ranges.numPartitions();
  }

  @Override
  public Size size(GroupRange range) {
    long items = ids.count(range.from(), range.to(), groups());
    return new Size(items, application.rows(items));
  }

  @Override
  public JavaRDD<Row> rows(
      JavaSparkContext spark,
      Broadcast<AppliedModel> model,
      GroupRange range,
      int tasks,
      LongAccumulator done) {
    // Not the set, which no task can have.
    OfImages what = application;
    IdRanges groups = ranges;
    long last = ids.last();
    Seeing seeing = new Seeing(model.value().binariser(), set.labelNames());
    return set.blocks()
        .flatMapToPair(block -> images(block, groups, range, last))
        .repartitionAndSortWithinPartitions(new GroupPartitioner(groups, range, tasks))
        .mapPartitions(
            images -> {
              OfImages.Work work = what.on(model.value().here());
              Iterator<List<SeenImage>> each = new Groups(images, groups, seeing);
              return new WorkedOn<>(each, work::rows, List::size, done);
            });
  }

  /** The images of a block that are in some groups, each alone in its block. */
  private static Iterator<Tuple2<Long, ImageBlock>> images(
      ImageBlock stored, IdRanges groups, GroupRange range, long last) {
    ImageBlock block = stored.inHeap();
    long[] ids = block.ids();
    List<Tuple2<Long, ImageBlock>> images = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      int group = groups.getPartition(ids[i]);
      if (ids[i] <= last && range.from() <= group && group < range.to()) {
        images.add(new Tuple2<>(ids[i], block.alone(i)));
      }
    }
    return images.iterator();
  }

  /** Sorted images, group by group. */
  private static final class Groups implements Iterator<List<SeenImage>> {
    private final Iterator<Tuple2<Long, ImageBlock>> images;
    private final IdRanges groups;
    private final Seeing seeing;
    private Tuple2<Long, ImageBlock> next;

    Groups(Iterator<Tuple2<Long, ImageBlock>> images, IdRanges groups, Seeing seeing) {
      this.images = images;
      this.groups = groups;
      this.seeing = seeing;
      next = images.hasNext() ? images.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<SeenImage> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      int group = groups.getPartition(next._1());
      List<SeenImage> together = new ArrayList<>();
      while (next != null && groups.getPartition(next._1()) == group) {
        together.add(seeing.of(next._2()));
        next = images.hasNext() ? images.next() : null;
      }
      return together;
    }
  }
}
