package org.sparkvae.annealing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where blocks of chains stand among the rows that are computed together.
 *
 * <p>The last bits of a matrix product's row depend on which row it is, by the tiles that some
 * processors work in. So a block's place follows from its image and number alone, and blocks of one
 * place wait for one another: consecutive images fill all places.
 *
 * @param count of places
 * @param block chains in a block
 * @param blocks of each image
 */
record Places(int count, int block, int blocks) {
  /** Rows at which products run about as fast as they can. */
  private static final int ROWS = 256;

  /** The places for blocks of so many of an image's chains. */
  static Places of(int chains, int block) {
    return new Places(
        Math.max(1, Math.round((float) ROWS / block)), block, (chains - 1) / block + 1);
  }

  private int of(AnnealedWeights.Chains chains) {
    return (int) Math.floorMod(chains.image() * blocks + chains.first() / block, (long) count);
  }

  /**
   * Parts the work into passes.
   *
   * @return for each pass, the number of the work at each place in turn, -1 for none
   */
  List<int[]> passes(List<AnnealedWeights.Chains> work) {
    List<Deque<Integer>> waiting =
        Stream.<Deque<Integer>>generate(ArrayDeque::new).limit(count).toList();
    for (int i = 0; i < work.size(); i++) {
      waiting.get(of(work.get(i))).add(i);
    }
    List<int[]> passes = new ArrayList<>();
    while (waiting.stream().anyMatch(queue -> !queue.isEmpty())) {
      passes.add(
          waiting.stream().mapToInt(queue -> queue.isEmpty() ? -1 : queue.remove()).toArray());
    }
    return passes;
  }
}
