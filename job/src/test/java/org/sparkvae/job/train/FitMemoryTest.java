package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.job.settings.SettingsException;

@ExtendWith(TwoSlots.class)
class FitMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void whatTheDriverCannotHoldIsRefused() {
    FitMemory memory = new FitMemory(3072, 36 * MIB);
    assertThatNoException().isThrownBy(() -> memory.checkFit(TwoSlots.context(), 144 * MIB));
    assertThatThrownBy(() -> memory.checkFit(TwoSlots.context(), 143 * MIB))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the fit sums up the products of all pairs of an image's 3,072 values, which takes 144 MiB of memory outside the driver's heap, where there are 143: give the driver more memory (SPARK_VAE_DRIVER_MEMORY of submit/local, else --driver-memory), or make the images smaller (data.resize)");
  }

  @Test
  void sumsThatNoArrayHoldsAreRefused() {
    assertThatThrownBy(() -> new FitMemory(49_152, 9216 * MIB).checkFit(TwoSlots.context(), 0))
        .hasMessageEndingWith(
            "which takes 9,216 MiB of an array, where there are 2,048: make the images smaller (data.resize)");
  }
}
