package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.sparkvae.job.data.images.ImageBlock;
import scala.Tuple2;

/**
 * Unpacks a partition's blocks into the work of each image of a slice, keyed by the task that is to
 * do it.
 */
final class WorkIterator implements Iterator<Tuple2<Integer, ImageWork>> {
  private final WorkPlan plan;
  private final Iterator<ImageBlock> blocks;
  private final Queue<Tuple2<Integer, ImageWork>> ready = new ArrayDeque<>();
  private final long first;
  private final long last;
  private long position;

  /**
   * @param first smallest id of the slice
   * @param last largest id of the slice
   * @param position of the partition's first image in the slice, in the order of the set
   */
  WorkIterator(WorkPlan plan, long first, long last, long position, Iterator<ImageBlock> blocks) {
    this.plan = plan;
    this.first = first;
    this.last = last;
    this.position = position;
    this.blocks = blocks;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && blocks.hasNext()) {
      unpack(blocks.next().inHeap());
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, ImageWork> next() {
    hasNext();
    return ready.remove();
  }

  private void unpack(ImageBlock block) {
    for (int i = 0; i < block.size(); i++) {
      long id = block.ids()[i];
      if (id < first || id > last) {
        continue;
      }
      ImageBlock image = block.alone(i);
      for (int chunk = 0; chunk < plan.chunks(); chunk++) {
        ImageWork work = new ImageWork(image, plan.firstBlock(chunk), plan.firstBlock(chunk + 1));
        ready.add(new Tuple2<>(plan.task(position, chunk), work));
      }
      position++;
    }
  }
}
