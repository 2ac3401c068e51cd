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
      int values = block.pixels().length / block.size();
      byte[] pixels = Arrays.copyOfRange(block.pixels(), i * values, (i + 1) * values);
      for (int chunk = 0; chunk < plan.chunks(); chunk++) {
        int from = plan.firstBlock(chunk);
        int to = plan.firstBlock(chunk + 1);
        ready.add(
            new Tuple2<>(
                plan.task(position, chunk),
                new ImageWork(block.ids()[i], block.labels()[i], pixels, from, to)));
      }
      position++;
    }
  }
}
