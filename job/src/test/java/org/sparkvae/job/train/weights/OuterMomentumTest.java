package org.sparkvae.job.train.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.TrainingSettings.Outer;

class OuterMomentumTest {
  private static List<ShardWeights> at(float parameter) {
    return List.of(result(parameter - 1, 3), result(parameter + 1, 5));
  }

  private static ShardWeights result(float parameter, float state) {
    return new ShardWeights(
        new Weights(new float[] {parameter}, new float[] {state}).readable(), 10);
  }

  private static Weights from(float parameter) {
    return new Weights(new float[] {parameter}, new float[] {9});
  }

  /** With momentum 1/2 and rate 1, by hand: v = 2, 3 and x = 1 + 3, 4 + 3.5. */
  @Test
  void takesNesterovsSteps() {
    AveragingRule averaging = AveragingRule.of(new Outer(0.5, 1));

    Weights first = averaging.average(at(3), from(1));
    Weights second = averaging.average(at(6), first);

    assertThat(first.parameters()).containsExactly(4);
    assertThat(first.state()).containsExactly(4);
    assertThat(second.parameters()).containsExactly(7.5f);
  }

  @Test
  void multipliesTheStepByItsRate() {
    AveragingRule averaging = AveragingRule.of(new Outer(0, 0.25));

    assertThat(averaging.average(at(3), from(1)).parameters()).containsExactly(1.5f);
    assertThat(averaging.average(at(3), from(1)).parameters()).containsExactly(1.5f);
  }

  @Test
  void noMomentumAtRateOneIsThePlainAverage() {
    assertThat(AveragingRule.of(new Outer(0, 1))).isInstanceOf(WeightedAverage.class);
  }

  @Test
  void worksInPlaceAndInParts() {
    AveragingRule whole = AveragingRule.of(new Outer(0.9, 0.7));
    AveragingRule parts = AveragingRule.of(new Outer(0.9, 0.7));
    Weights expected = from(1);
    Weights inPlace = from(1);
    parts.prepare(inPlace);
    for (float average = 2; average < 5; average++) {
      expected = whole.average(at(average), expected);
      for (int part = 0; part < 4; part++) {
        parts.average(at(average), inPlace, inPlace, part, 4);
      }
    }
    assertThat(inPlace.parameters()).isEqualTo(expected.parameters());
    assertThat(inPlace.state()).isEqualTo(expected.state());
  }
}
