package org.sparkvae.job.train.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkvae.job.compute.ExecutorHeap;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.weights.ModelSize;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;

class RoundHeapTest {
  private static final int MIB = 1 << 20;
  private static final ModelSize MODEL = new ModelSize(4_941_284, 0, 784);
  private static final Optimiser ADAM = new Adam(0.9, 0.999, 1e-4);

  private static RoundHeap round(Optimiser optimiser) {
    return RoundHeap.of(MODEL, optimiser, 0, 2000 * 784);
  }

  @Test
  void countsParametersStateAndTheLargestShardsImages() {
    assertThat(round(ADAM)).isEqualTo(new RoundHeap(MODEL, 12 * 4_941_284L, 2000 * 784));
    assertThat(round(new Sgd(0.9)).weights()).isEqualTo(8 * 4_941_284L);
    assertThat(round(new Sgd(0)).weights()).isEqualTo(4 * 4_941_284L);
  }

  @Test
  void countsTheEstimatorsBaseline() {
    RoundHeap round = RoundHeap.of(new ModelSize(4_941_284, 78_603, 784), ADAM, 0, 0);
    assertThat(round.weights()).isEqualTo(12 * (4_941_284L + 78_603));
  }

  @Test
  void refusesAHeapThatCannotHoldOneResult() {
    long least = 3 * 12 * 4_941_284L;
    assertThatCode(() -> round(ADAM).checkFit(new ExecutorHeap(least, 8)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> round(ADAM).checkFit(new ExecutorHeap(least - 1, 8)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the model has 4,941,284 parameters, 57 MiB with the optimiser's state, and a round"
                + " takes at least 170 MiB of the heap of an executor with one task at a time,"
                + " which has 170: give executors more (--executor-memory 170m), or make the model"
                + " smaller");
  }

  @Test
  void warnsOfWhatWasSeenToFailAndNotOfWhatWasSeenToWork() {
    assertThat(round(ADAM).warning(new ExecutorHeap(640L * MIB, 1), RoundHeap.DIRECT)).isPresent();
    assertThat(round(ADAM).warning(new ExecutorHeap(704L * MIB, 1), RoundHeap.DIRECT))
        .as("executors were lost, but others took over")
        .contains(
            "the model has 4,941,284 parameters, 57 MiB with the optimiser's state, and a round may"
                + " take 745 MiB of the heap of an executor with one task at a time, which has 704:"
                + " give executors more (--executor-memory 745m), or make the model smaller");
    assertThat(round(ADAM).warning(new ExecutorHeap(768L * MIB, 1), RoundHeap.DIRECT)).isEmpty();
    assertThat(round(ADAM).warning(new ExecutorHeap(576L * MIB, 1), RoundHeap.AMONG_TASKS))
        .isEmpty();
    assertThat(round(ADAM).warning(new ExecutorHeap(576L * MIB, 2), RoundHeap.AMONG_TASKS))
        .as("two tasks at once")
        .isPresent();
  }
}
