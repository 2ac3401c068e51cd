package org.sparkvae.job.apply.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
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
 * @param masks of them, where the application needs any
 */
record ImageItems(
    OfImages application, ImageSet set, ImageIds ids, IdRanges ranges, Optional<Masks> masks)
    implements Items {

  /**
   * Those that an application takes; reads the images' ids.
   *
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  static ImageItems of(OfImages application, ImageSet set, Optional<Masks> masks) {
    ImageIds all = ImageIds.of(set.blocks(), set.labelNames());
    ImageIds taken = all.first(application.images(all.count()));
    return new ImageItems(application, set, taken, taken.ranges(application.together()), masks);
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
    return ids.digest() + masks.map(Masks::digest).orElse(0L);
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
    JavaPairRDD<Long, ImageBlock> images =
        set.blocks().flatMapToPair(block -> images(block, groups, range, last));
    return masked(images)
        .repartitionAndSortWithinPartitions(new GroupPartitioner(groups, range, tasks))
        .mapPartitions(
            sorted -> {
              OfImages.Work work = what.on(model.value().here());
              Iterator<List<SeenImage>> each = new Groups(sorted, groups, seeing);
              return new WorkedOn<>(each, work::rows, List::size, done);
            });
  }

  private JavaPairRDD<Long, MaskedImage> masked(JavaPairRDD<Long, ImageBlock> images) {
    if (masks.isEmpty()) {
      return images.mapValues(image -> new MaskedImage(image, null));
    }
    return images
        .mapToPair(image -> new Tuple2<>(MaskedImage.id(image._2()), image._2()))
        .leftOuterJoin(masks.get().byId())
        .mapToPair(
            found -> {
              ImageBlock image = found._2()._1();
              return new Tuple2<>(
                  image.ids()[0], new MaskedImage(image, found._2()._2().orElse(null)));
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
    private final Iterator<Tuple2<Long, MaskedImage>> images;
    private final IdRanges groups;
    private final Seeing seeing;
    private Tuple2<Long, MaskedImage> next;

    Groups(Iterator<Tuple2<Long, MaskedImage>> images, IdRanges groups, Seeing seeing) {
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
        together.add(seeing.of(next._2().image(), next._2().mask()));
        next = images.hasNext() ? images.next() : null;
      }
      return together;
    }
  }
}
