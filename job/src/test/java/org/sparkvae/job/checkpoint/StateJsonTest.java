package org.sparkvae.job.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateJsonTest {
  /** As versions wrote it that stored the weighted objective as the bound. */
  private static final String EARLIER =
      """
      {
        "epoch" : 1,
        "step" : 600,
        "seed" : -9223372036854775807,
        "history" : [ {
          "epoch" : 1,
          "bound" : %s,
          "objective" : -6000000.0,
          "reconstruction" : -90.25,
          "kl" : 20.5,
          "klWeight" : %s,
          "learningRate" : 0.001,
          "validationBound" : "NaN",
          "images" : 60000,
          "steps" : 600,
          "rounds" : 30,
          "seconds" : 2.5,
          "scheduleSeconds" : 0.1,
          "computeSeconds" : 2.0,
          "aggregateSeconds" : 0.4
        } ],
        "bestEpoch" : 0,
        "bestValidation" : "-Infinity",
        "validationsWithoutGain" : 0
      }
      """;

  @Test
  void givesBackWhatItWrote() throws IOException {
    TrainingState state = Checkpoints.state(3, 2);

    assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
  }

  @Test
  void spendsNoBlanksOnEpochs() throws IOException {
    assertThat(new String(StateJson.write(Checkpoints.state(3, 2)), UTF_8))
        .contains("\"history\":[{\"epoch\":1,")
        .doesNotContainAnyWhitespaces();
  }

  @Test
  void earlierEpochsWithTheWholeKlTermHadTheBound() throws IOException {
    EpochRecord epoch = earlier(-101.5, 1);

    assertThat(epoch.bound()).isEqualTo(-101.5);
    assertThat(epoch.weightedObjective()).isEqualTo(-101.5);
    assertThat(epoch.measure(EpochRecord.OBJECTIVE)).isEqualTo(-6e6);
    assertThat(epoch.validationBound()).isNaN();
    assertThat(epoch.times().aggregate()).isEqualTo(0.4);
  }

  @Test
  void theElboOfAnEarlierWarmUpFollowsFromItsParts() throws IOException {
    EpochRecord epoch = earlier(Math.nextUp(-90.25 - 0.25 * 20.5), 0.25);

    assertThat(epoch.weightedObjective()).isEqualTo(Math.nextUp(-95.375));
    assertThat(epoch.bound()).isEqualTo(-110.75);
  }

  @Test
  void anotherBoundOfAnEarlierWarmUpIsNotKnown() throws IOException {
    EpochRecord epoch = earlier(-95.37, 0.25);

    assertThat(epoch.weightedObjective()).isEqualTo(-95.37);
    assertThat(epoch.bound()).isNaN();
  }

  @Test
  void passesOverWhatLaterVersionsAdd() throws IOException {
    String later =
        EARLIER
            .formatted(-1, 1)
            .replace("\"steps\"", "\"later\" : [ 1 ], \"steps\"")
            .replace("\"step\"", "\"later\" : { }, \"step\"");

    assertThat(StateJson.read(later.getBytes(UTF_8)))
        .isEqualTo(StateJson.read(EARLIER.formatted(-1, 1).getBytes(UTF_8)));
  }

  private static EpochRecord earlier(double bound, double klWeight) throws IOException {
    TrainingState state = StateJson.read(EARLIER.formatted(bound, klWeight).getBytes(UTF_8));
    assertThat(state.seed()).isEqualTo(Long.MIN_VALUE + 1);
    assertThat(state.bestValidation()).isEqualTo(Double.NEGATIVE_INFINITY);
    List<EpochRecord> history = state.history();
    assertThat(history).hasSize(1);
    return history.get(0);
  }
}
