package org.sparkvae.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Use;

class DropoutTest {
  private static final int IMAGES = 3;
  private static final int SAMPLES = 4;
  private static final int COLUMNS = 2000;
  private static final double SHARE = 0.3;

  private static double[] dropped(Use use, int rows) {
    Recorder recorder = new Recorder(use, IMAGES, SAMPLES);
    Matrix h = recorder.constant(rows, COLUMNS);
    Matrix kept = Dropout.of(recorder, h, SHARE);
    // Noise of its own, so that there is always some.
    Matrix noise = recorder.normal(1);
    Program program =
        new Program(
            recorder,
            recorder.layout(),
            Nd4j.create(DataType.DOUBLE, 0),
            null,
            List.of(kept, noise));
    h.value().assign(2);
    for (int image = 0; image < IMAGES; image++) {
      program.noise().draw(Noise.key(1, Noise.Purpose.TRAINING, 0, image), image);
    }
    program.noise().send();
    program.forward();
    return kept.value().data().asDouble();
  }

  @Test
  void keepsTheRestAndItsMean() {
    double[] kept = dropped(Use.TRAINING, SAMPLES * IMAGES);
    double sum = 0;
    int left = 0;
    for (double value : kept) {
      assertThat(value)
          .satisfiesAnyOf(
              v -> assertThat(v).isZero(),
              v -> assertThat(v).isCloseTo(2 / (1 - SHARE), within(1e-12)));
      sum += value;
      left += value == 0 ? 0 : 1;
    }
    double error = Math.sqrt(SHARE * (1 - SHARE) / kept.length);
    assertThat((double) left / kept.length).isCloseTo(1 - SHARE, within(4 * error));
    assertThat(sum / kept.length).isCloseTo(2, within(8 * error / (1 - SHARE)));
  }

  /** Samples of an image leave out other values, images others too. */
  @Test
  void everyRowHasItsOwn() {
    double[] ofSamples = dropped(Use.TRAINING, SAMPLES * IMAGES);
    double[] ofImages = dropped(Use.TRAINING, IMAGES);
    assertThat(ofImages).hasSize(IMAGES * COLUMNS);
    for (double[] kept : List.of(ofSamples, ofImages)) {
      int alike = 0;
      for (int i = 0; i < COLUMNS; i++) {
        alike += kept[i] == kept[COLUMNS + i] ? 1 : 0;
      }
      double expected = SHARE * SHARE + (1 - SHARE) * (1 - SHARE);
      assertThat((double) alike / COLUMNS).isCloseTo(expected, within(0.05));
    }
  }

  @Test
  void scoringLeavesNothingOut() {
    assertThat(dropped(Use.SCORING, IMAGES)).containsOnly(2);
    assertThat(dropped(Use.COLLECTING, IMAGES)).containsOnly(2);
  }
}
