package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.TinyTraining;
import org.sparkvae.job.settings.TrainingSettings;

class TrainingPlanTest {
  @Test
  void aConstantRateStays() {
    TrainingPlan plan = new TrainingPlan(TinyTraining.epochs(9).learningRate(0.5).settings());

    assertThat(IntStream.rangeClosed(1, 9).mapToDouble(e -> plan.epoch(e).learningRate()))
        .containsOnly(0.5);
  }

  @Test
  void burdasRateFallsAfterStagesOfPowersOfThree() {
    TrainingPlan plan =
        new TrainingPlan(
            TinyTraining.epochs(4000)
                .learningRate(1e-3)
                .schedule(TrainingSettings.Schedule.BURDA)
                .settings());

    // Stage i begins in epoch 1 + (3^i - 1) / 2.
    int[] firstEpochs = {1, 2, 5, 14, 41, 122, 365, 1094};
    for (int i = 0; i < firstEpochs.length; i++) {
      double rate = 1e-3 * Math.pow(10, -i / 7.0);
      int lastEpoch = i + 1 < firstEpochs.length ? firstEpochs[i + 1] - 1 : 3280;
      assertThat(plan.epoch(firstEpochs[i]).learningRate()).isCloseTo(rate, within(1e-15));
      assertThat(plan.epoch(lastEpoch).learningRate()).isCloseTo(rate, within(1e-15));
    }
    assertThat(plan.epoch(3281).learningRate()).isCloseTo(1e-4, within(1e-15));
  }

  @Test
  void theKlWeightGrowsLinearlyToOne() {
    TrainingPlan plan = new TrainingPlan(TinyTraining.epochs(9).klWarmUp(4).settings());

    assertThat(IntStream.rangeClosed(1, 6).mapToDouble(e -> plan.epoch(e).klWeight()))
        .containsExactly(0.25, 0.5, 0.75, 1.0, 1.0, 1.0);
    assertThat(new TrainingPlan(TinyTraining.epochs(9).settings()).epoch(1).klWeight())
        .isEqualTo(1);
  }
}
