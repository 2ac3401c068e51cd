package org.sparkvae.job.train.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.vae.ObjectiveValue;

class RoundTimesTest {
  private static ShardRound.Trained task(long startMillis, double seconds) {
    return new ShardRound.Trained(
        0, new Weights(null, null), ObjectiveValue.ZERO, 1, startMillis, seconds);
  }

  @Test
  void splitsARoundIntoItsParts() {
    RoundTimes times = RoundTimes.of(1000, List.of(task(1250, 2), task(1100, 0.5)), 4250);

    assertThat(times.schedule()).isCloseTo(0.1, within(1e-9));
    assertThat(times.compute()).isCloseTo(2, within(1e-9));
    assertThat(times.aggregate()).isCloseTo(1, within(1e-9));
    assertThat(times.plus(times).schedule()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void isNeverBelowZeroWhereClocksDiffer() {
    RoundTimes times = RoundTimes.of(1000, List.of(task(900, 1)), 1500);

    assertThat(times).isEqualTo(new RoundTimes(0, 1, 0));
  }
}
