package org.sparkvae.job.data.shards;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.sparkvae.job.data.images.ImageBlock;
import scala.Tuple2;

/** Assembles the blocks of a shard from its pieces, which come sorted by window. */
final class WindowAssembler implements Iterator<ImageBlock> {
  private final Iterator<Tuple2<Long, Piece>> pieces;
  private final ShardLayout layout;
  private final Deque<ImageBlock> ready = new ArrayDeque<>();
  private Tuple2<Long, Piece> ahead;

  WindowAssembler(Iterator<Tuple2<Long, Piece>> pieces, ShardLayout layout) {
    this.pieces = pieces;
    this.layout = layout;
    advance();
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || ahead != null;
  }

  @Override
  public ImageBlock next() {
    if (ready.isEmpty()) {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      assemble();
    }
    return ready.remove();
  }

  private void advance() {
    ahead = pieces.hasNext() ? pieces.next() : null;
  }

  private void assemble() {
    long key = ahead._1();
    int size = layout.windowSize(key);
    int block = layout.packing().block();
    int values = layout.packing().values();
    ImageBlock[] blocks = new ImageBlock[(size + block - 1) / block];
    for (int b = 0; b < blocks.length; b++) {
      int images = Math.min(block, size - b * block);
      blocks[b] = ImageBlock.ofSize(images, values);
    }
    int filled = 0;
    for (; ahead != null && ahead._1() == key; advance()) {
      Piece piece = ahead._2();
      for (int i = 0; i < piece.slots().length; i++) {
        int slot = piece.slots()[i];
        piece.images().copy(i, blocks[slot / block], slot % block);
      }
      filled += piece.slots().length;
    }
    if (filled != size) {
      throw new IllegalStateException(filled + " images for a window of " + size);
    }
    ready.addAll(List.of(blocks));
  }
}
