package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.DeviceMemoryException;

class RefusalTest {
  private static final String NO_MEMORY = "CUDA_ERROR_OUT_OF_MEMORY, out of memory";

  @Test
  void saysWhatWasAskedForAndWhatTheDriverSays() {
    assertThat(Refusal.of(1, "cuMemset on GPU 0", "CUDA_ERROR_INVALID_VALUE, invalid argument"))
        .isExactlyInstanceOf(DeviceException.class)
        .hasMessage("cuMemset on GPU 0: CUDA_ERROR_INVALID_VALUE, invalid argument");
  }

  @Test
  void ofMemorySaysWhatToSet() {
    assertThat(Refusal.of(2, "cuGraphInstantiate on GPU 0", NO_MEMORY))
        .isInstanceOf(DeviceMemoryException.class)
        .hasMessage(
            "cuGraphInstantiate on GPU 0: CUDA_ERROR_OUT_OF_MEMORY, out of memory: other processes"
                + " may have taken the GPU's memory (nvidia-smi tells): name others in"
                + " compute.gpus, have fewer tasks share it (spark.executor.cores, or the master"
                + " local[N]), or set compute.device = cpu");
  }

  @ParameterizedTest
  @ValueSource(ints = {214, 700, 719, 999})
  void afterWhichNothingWorksSaysSo(int result) {
    assertThat(Refusal.of(result, "the work on GPU 0", "CUDA_ERROR"))
        .isExactlyInstanceOf(DeviceException.class)
        .hasMessage(
            "the work on GPU 0: CUDA_ERROR: its process can use no GPU any more: restart the job"
                + " (its executor, where there are several), and where that does not help, see what"
                + " nvidia-smi and dmesg say of the card");
  }

  /** Java's collecting arrays of the GPU would not help. */
  @Test
  void ofTheHostsMemoryIsNotOfTheGpus() {
    assertThat(Refusal.ofHost(2, "cuMemHostAlloc of 8 bytes", NO_MEMORY))
        .isExactlyInstanceOf(DeviceException.class)
        .hasMessageStartingWith("cuMemHostAlloc of 8 bytes: CUDA_ERROR_OUT_OF_MEMORY, ")
        .hasMessageContaining("spark.executor.memoryOverhead")
        .hasMessageContaining("training.batch");
    assertThat(Refusal.ofHost(1, "cuMemHostAlloc of 8 bytes", "invalid"))
        .hasMessage("cuMemHostAlloc of 8 bytes: invalid");
  }
}
