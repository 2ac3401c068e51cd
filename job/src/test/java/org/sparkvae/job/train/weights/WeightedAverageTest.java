package org.sparkvae.job.train.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedAverageTest {
  private record Result(Weights weights, long images) {
    ShardWeights contribution() {
      return new ShardWeights(weights.readable(), images);
    }
  }

  private static Result trained(long images, float[] p, float[] s) {
    return new Result(new Weights(p, s), images);
  }

  private static Weights average(List<Result> results) {
    return new WeightedAverage().average(contributions(results), results.get(0).weights());
  }

  private static List<ShardWeights> contributions(List<Result> results) {
    return results.stream().map(Result::contribution).toList();
  }

  @Test
  void weighsByImages() {
    Weights average =
        average(
            List.of(
                trained(1, new float[] {1, 10}, new float[] {4}),
                trained(3, new float[] {5, -10}, new float[] {8})));

    assertThat(average.parameters()).containsExactly(4, -5);
    assertThat(average.state()).containsExactly(7);
  }

  @Test
  void averagesEqualVectorsToThemselves() {
    float[] same = new float[5000];
    for (int i = 0; i < same.length; i++) {
      same[i] = (float) Math.sin(i) * 1e-3f;
    }
    Weights average =
        average(
            List.of(
                trained(100, same, new float[0]),
                trained(100, same.clone(), new float[0]),
                trained(37, same.clone(), new float[0])));

    assertThat(average.parameters()).isEqualTo(same);
    assertThat(average.state()).isEmpty();
  }

  @Test
  void takesASingleResultAsItIs() {
    float[] odd = {Float.MIN_VALUE, 1e30f, -0f};
    assertThat(average(List.of(trained(7, odd, new float[0]))).parameters()).isEqualTo(odd);
  }

  @Test
  void addsInFloat64() {
    float[] large = new float[1];
    Arrays.fill(large, 16_777_216f);
    Weights average =
        average(
            List.of(
                trained(1, large, new float[0]),
                trained(1, new float[] {1}, new float[0]),
                trained(1, new float[] {1}, new float[0]),
                trained(1, new float[] {-16_777_216f}, new float[0])));

    assertThat(average.parameters()).containsExactly(0.5f);
  }

  /** So that whoever averages a part need not look at each shard's. */
  @Test
  void isFiniteInThePartsInWhichAllResultsAre() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] large = new float[40];
      Arrays.fill(large, Float.MAX_VALUE);
      float[] broken = large.clone();
      broken[25] = bad;
      Weights average =
          average(List.of(trained(3, large, new float[4]), trained(2, broken, new float[4])));

      for (int part = 0; part < 4; part++) {
        assertThat(average.isFinite(part, 4)).isEqualTo(part != 2);
      }
      assertThat(average.isFinite()).isFalse();
    }
  }

  @Test
  void partsMakeUpTheWhole() {
    List<Result> results = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      float[] parameters = new float[5001];
      float[] state = new float[7];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = (float) Math.cos(shard + i);
        state[i % 7] = i;
      }
      results.add(trained(10 + shard, parameters, state));
    }
    Weights whole = average(results);
    for (int parts : new int[] {2, 3, 16}) {
      Weights shared = whole.like();
      for (int part = 0; part < parts; part++) {
        new WeightedAverage().average(contributions(results), whole, shared, part, parts);
      }
      assertThat(shared.parameters()).isEqualTo(whole.parameters());
      assertThat(shared.state()).isEqualTo(whole.state());
    }
  }
}
