package org.sparkvae.job.data.shards;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.sparkvae.job.data.images.ImageBlock;
import scala.Tuple2;

/**
 * Cuts a partition into pieces, a few for each window met within so many bytes, so that neither the
 * number of pieces nor the memory grows with the number of images alone.
 */
final class PieceCutter implements Iterator<Tuple2<Long, Piece>> {
  private final int partition;
  private final Iterator<ImageBlock> blocks;
  private final Placement placement;
  private final ShardLayout layout;
  private long index;
  private Iterator<Tuple2<Long, Piece>> ready = Collections.emptyIterator();

  PieceCutter(int partition, Iterator<ImageBlock> blocks, Placement placement, ShardLayout layout) {
    this.partition = partition;
    this.blocks = blocks;
    this.placement = placement;
    this.layout = layout;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && blocks.hasNext()) {
      ready = cut(gather());
    }
    return ready.hasNext();
  }

  @Override
  public Tuple2<Long, Piece> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private List<ImageBlock> gather() {
    List<ImageBlock> gathered = new ArrayList<>();
    for (long bytes = 0; blocks.hasNext() && bytes < layout.packing().mostBytes(); ) {
      ImageBlock block = blocks.next().inHeap();
      gathered.add(block);
      bytes += block.bytes();
    }
    return gathered;
  }

  private Iterator<Tuple2<Long, Piece>> cut(List<ImageBlock> gathered) {
    Map<Long, Integer> counts = new HashMap<>();
    List<long[]> places = new ArrayList<>();
    for (ImageBlock block : gathered) {
      long[] ofBlock = new long[block.size()];
      for (int i = 0; i < ofBlock.length; i++) {
        ofBlock[i] = placement.place(partition, index++);
        if (ofBlock[i] != Placement.LEFT_OUT) {
          counts.merge(layout.key(ofBlock[i]), 1, Integer::sum);
        }
      }
      places.add(ofBlock);
    }
    Map<Long, Filling> fillings = new HashMap<>();
    counts.forEach((key, count) -> fillings.put(key, new Filling(count)));
    for (int b = 0; b < places.size(); b++) {
      for (int i = 0; i < places.get(b).length; i++) {
        long place = places.get(b)[i];
        if (place != Placement.LEFT_OUT) {
          fillings.get(layout.key(place)).add(place, gathered.get(b), i);
        }
      }
    }
    return fillings.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().pieces.stream().map(piece -> new Tuple2<>(entry.getKey(), piece)))
        .iterator();
  }

  /** The pieces of a window, being filled one after the other. */
  private final class Filling {
    private final List<Piece> pieces = new ArrayList<>();
    private int left;
    private Piece piece;
    private int filled;

    Filling(int count) {
      left = count;
      begin();
    }

    void add(long place, ImageBlock block, int i) {
      if (filled == piece.slots().length) {
        begin();
      }
      piece.slots()[filled] = layout.slot(place);
      block.copy(i, piece.images(), filled++);
    }

    private void begin() {
      int count = Math.min(left, layout.packing().piece());
      piece = new Piece(new int[count], ImageBlock.ofSize(count, layout.packing().values()));
      pieces.add(piece);
      left -= count;
      filled = 0;
    }
  }
}
