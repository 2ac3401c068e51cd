package org.sparkvae.job.train.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.weights.Weights;

class CollectedWeightsTest {
  @Test
  void countsParametersAndState() {
    Weights weights = new Weights(new float[100], new float[200]);
    assertThat(CollectedWeights.of(7, weights)).isEqualTo(new CollectedWeights(7, 1200));
  }

  @Test
  void refusesMoreThanTheHeap() {
    CollectedWeights results = new CollectedWeights(200, 64 << 20);
    assertThatThrownBy(() -> results.checkFit(4L << 30))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "data.shards = 200: a round brings 12,800 MiB of weights to the driver, 64.0 from each"
                + " shard, and its heap has 4,096 MiB: give it more (--driver-memory), or set"
                + " data.shards lower");
    assertThatCode(() -> results.checkFit(200L * (64 << 20))).doesNotThrowAnyException();
  }
}
