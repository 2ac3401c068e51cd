package org.sparkvae.job.data.shards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionPermutationTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 64, 65, 1000, 4097})
  void isABijection(int count) {
    for (int generation = 1; generation <= 3; generation++) {
      PositionPermutation permutation = new PositionPermutation(7, generation, count);
      boolean[] hit = new boolean[count];
      for (int p = 0; p < count; p++) {
        int to = (int) permutation.of(p);
        assertThat(hit[to]).isFalse();
        hit[to] = true;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void movesImagesToEveryShardAlike(int shards) {
    int count = 7000;
    PositionPermutation permutation = new PositionPermutation(7, 1, count);
    int[][] moves = new int[shards][shards];
    for (int p = 0; p < count; p++) {
      moves[p % shards][(int) (permutation.of(p) % shards)]++;
    }
    double expected = (double) count / (shards * shards);
    for (int[] from : moves) {
      for (int to : from) {
        // Six standard deviations of a binomial.
        assertThat((double) to)
            .isBetween(expected - 6 * Math.sqrt(expected), expected + 6 * Math.sqrt(expected));
      }
    }
  }
}
