package org.sparkvae.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
