package org.sparkvae.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class KernelChoiceTest {
  @Test
  void float32InHostMemoryTakesTheFusedLoops() {
    assertThat(Kernels.of(Nd4j.zeros(DataType.FLOAT, 2))).isInstanceOf(VectorKernels.class);
  }

  @Test
  void otherTypesTakePlainOperations() {
    assertThat(Kernels.of(Nd4j.zeros(DataType.DOUBLE, 2))).isInstanceOf(Nd4jKernels.class);
  }
}
