package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.SettingsReader;

class ModelStepTest {
  private static JobSettings settings(String file) {
    return SettingsReader.read("../conf/" + file, List.of());
  }

  @Test
  void thePlainModelTakesTheOperationsThatTheBenchmarkCounts() {
    double images = 100;
    assertThat(ModelStep.operations(ModelStep.spec(settings("mnist.conf"))))
        .isEqualTo(images * new Arithmetic(784, 200, 50).training(1));
  }

  @Test
  void whatIsFittedTakesNoSteps() {
    assertThat(ModelStep.of("ppca", settings("models/ppca.conf"), ModelStep.OF_CORE)).isEmpty();
  }

  @Test
  void theTableBeginsWithTheGreatestShareOfTheFloor() {
    // 2 GFLOP at 40 GFLOP/s are 50 ms.
    ModelStep slow = new ModelStep("slow", 1000, 100, 2, 40, 0.2);
    ModelStep fast = new ModelStep("fast", 2000, 20, 2, 40, 0.1);
    assertThat(slow.floorShare()).isCloseTo(0.25, within(1e-12));
    List<String> lines = ModelStepText.lines(List.of(slow, fast));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).trim().split(" +"))
        .containsExactly("fast", "2,000", "20", "200", "100.0", "20.0", "50%");
    assertThat(lines.get(2).trim().split(" +"))
        .containsExactly("slow", "1,000", "100", "500", "200.0", "10.0", "25%");
  }
}
