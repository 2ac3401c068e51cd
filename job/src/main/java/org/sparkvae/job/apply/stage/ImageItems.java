package org.sparkvae.job.apply.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.IdRanges;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.scheduling.WorkDone;
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
   * Those that an application takes; reads the images' ids, where that was not done.
   *
   * @throws org.sparkvae.job.data.faults.DataException where there are no images, or ids are not
   *     unique
   */
  static ImageItems of(OfImages application, SetWithIds images, Optional<Masks> masks) {
    ImageIds all = images.ids(application.name());
    ImageIds taken = all.first(application.images(all.count()));
    return new ImageItems(
        application, images.set(), taken, taken.ranges(application.together()), masks);
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
  public Map<Integer, String> labelNames() {
    return set.labelNames();
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

  /** The image, and its mask of a byte a value. */
  @Override
  public long heapBytes(int values) {
    return set.imageBytes() + (masks.isPresent() ? values : 0);
  }

  @Override
  public JavaRDD<Row> rows(
      JavaSparkContext spark,
      Broadcast<SharedStage> shared,
      GroupRange range,
      int tasks,
      WorkDone done) {
    // Not the set, which no task can have.
    OfImages what = application;
    IdRanges groups = ranges;
    return parts(range, tasks)
        .partitionBy(new Numbered(tasks))
        .values()
        .mapPartitions(
            parts -> {
              OfImages.Work work = what.on(shared.value().model().here());
              Iterator<List<SeenImage>> each =
                  new SortedImages(parts, groups, shared.value().seeing());
              return new WorkedOn<>(each, work::rows, List::size, done);
            });
  }

  /** The images of some groups, by the number of the task that works on them. */
  private JavaPairRDD<Integer, MaskedImages> parts(GroupRange range, int tasks) {
    IdRanges groups = ranges;
    long last = ids.last();
    if (masks.isEmpty()) {
      return set.blocks().flatMapToPair(block -> parts(block, groups, range, last, tasks));
    }
    return set.blocks()
        .flatMap(block -> alone(block, groups, range, last))
        .mapToPair(image -> new Tuple2<>(MaskedImages.id(image), image))
        .leftOuterJoin(masks.get().byId())
        .values()
        .mapToPair(
            found -> {
              ImageBlock image = found._1();
              int task = range.partOf(groups.getPartition(image.ids()[0]), tasks);
              return new Tuple2<>(task, new MaskedImages(image, found._2().orElse(null)));
            });
  }

  /** The images of a block that are in some groups, those of a task together. */
  private static Iterator<Tuple2<Integer, MaskedImages>> parts(
      ImageBlock stored, IdRanges groups, GroupRange range, long last, int tasks) {
    ImageBlock block = stored.inHeap();
    Map<Integer, List<Integer>> byTask = new TreeMap<>();
    for (int i : wanted(block, groups, range, last)) {
      int task = range.partOf(groups.getPartition(block.ids()[i]), tasks);
      byTask.computeIfAbsent(task, unused -> new ArrayList<>()).add(i);
    }
    List<Tuple2<Integer, MaskedImages>> parts = new ArrayList<>();
    byTask.forEach(
        (task, images) -> {
          ImageBlock part = ImageBlock.ofSize(images.size(), block.values());
          for (int i = 0; i < images.size(); i++) {
            block.copy(images.get(i), part, i);
          }
          parts.add(new Tuple2<>(task, new MaskedImages(part, null)));
        });
    return parts.iterator();
  }

  /** The images of a block that are in some groups, each alone in its block. */
  private static Iterator<ImageBlock> alone(
      ImageBlock stored, IdRanges groups, GroupRange range, long last) {
    ImageBlock block = stored.inHeap();
    return wanted(block, groups, range, last).stream().map(block::alone).iterator();
  }

  private static List<Integer> wanted(
      ImageBlock block, IdRanges groups, GroupRange range, long last) {
    long[] ids = block.ids();
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      int group = groups.getPartition(ids[i]);
      if (ids[i] <= last && range.from() <= group && group < range.to()) {
        wanted.add(i);
      }
    }
    return wanted;
  }

  /** Sends what has a number to the task of that number. */
  private static final class Numbered extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int tasks;

    Numbered(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object number) {
      return (Integer) number;
    }
  }
}
