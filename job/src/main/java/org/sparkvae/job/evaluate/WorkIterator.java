package org.sparkvae.job.evaluate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Queue;
import org.sparkvae.job.data.ImageBlock;
import scala.Tuple2;

/** Unpacks a partition's blocks into each image's work, keyed by the task that is to do it. */
final class WorkIterator implements Iterator<Tuple2<Integer, ImageWork>> {
  private final WorkPlan plan;
  private final Iterator<ImageBlock> blocks;
  private final Queue<Tuple2<Integer, ImageWork>> ready = new ArrayDeque<>();
  private long position;

  /**
   * @param position of the partition's first image, in the order of the set
   */
  WorkIterator(WorkPlan plan, long position, Iterator<ImageBlock> blocks) {
    this.plan = plan;
    this.position = position;
    this.blocks = blocks;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && blocks.hasNext()) {
      unpack(blocks.next());
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
      ImageBlock image = alone(block, i);
      for (int chunk = 0; chunk < plan.chunks(); chunk++) {
        ImageWork work = new ImageWork(image, plan.firstBlock(chunk), plan.firstBlock(chunk + 1));
        ready.add(new Tuple2<>(plan.task(position, chunk), work));
      }
      position++;
    }
  }

  private static ImageBlock alone(ImageBlock block, int place) {
    int values = block.pixels().length / block.size();
    return new ImageBlock(
        Arrays.copyOfRange(block.ids(), place, place + 1),
        Arrays.copyOfRange(block.labels(), place, place + 1),
        Arrays.copyOfRange(block.pixels(), place * values, (place + 1) * values));
  }
}
