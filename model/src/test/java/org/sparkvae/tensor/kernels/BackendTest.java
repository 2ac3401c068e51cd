package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
  @ParameterizedTest
  @CsvSource({
    "3, 0, false", "3, 5, false", "3, 7, true", "5, 0, true", "5, 3, true", "6, 2, true",
    "7, 0, true", "7, 5, true", "8, 0, true", "8, 6, true", "8, 9, true", "9, 0, false",
    "10, 0, false", "12, 0, false", "2, 1, false", "4, 0, false"
  })
  void knowsTheGpusThatHaveKernels(int major, int minor, boolean has) {
    assertThat(new Gpu(0, "X", major, minor, 1).hasKernels()).isEqualTo(has);
  }

  @Test
  void namesAGpu() {
    assertThat(new Gpu(1, "Tesla T4", 7, 5, 15_843_721_216L))
        .hasToString("GPU 1 (Tesla T4, compute capability 7.5, 14.8 GiB)");
  }

  @Test
  void describesWhatComputes() {
    String limit = Backend.limits(Pointer.maxBytes(), Pointer.maxPhysicalBytes());
    assertThat(Backend.describe())
        .startsWith("ND4J ")
        .doesNotContain("\n", "null")
        .contains("BLAS", ", threads: 1; ")
        .endsWith("; outside the heap: " + limit);
  }

  @Test
  void saysTheLimitsOfMemory() {
    assertThat(Backend.limits(0, 0)).isEqualTo("arrays without limit");
    assertThat(Backend.limits(3L << 29, 0)).isEqualTo("arrays up to 1.5 GiB");
    assertThat(Backend.limits(1L << 30, 5L << 30))
        .isEqualTo("arrays up to 1.0 GiB, the process up to 5.0 GiB");
  }

  @Test
  void agreesWithItselfOnWhetherThereAreGpus() {
    boolean onCpu = Backend.describe().startsWith("ND4J CPU");
    assertThat(Backend.gpus().isEmpty()).isEqualTo(onCpu);
    assertThat(onCpu || Backend.isBuiltForGpus()).isTrue();
  }
}
