package org.sparkvae.job.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProcessFiguresTest {
  private static final int MIB = 1 << 20;

  private static final int ARRAYS = 10_000;

  @Test
  void seesWhatThisProcessTakes() throws Exception {
    ProcessFigures before = measure();
    byte[] heap = new byte[64 * MIB];
    INDArray array = Nd4j.zeros(DataType.FLOAT, 64 * MIB).assign(1);
    // More than what earlier tests of this process have left to be freed in between.
    List<INDArray> small = Stream.generate(() -> Nd4j.zeros(1)).limit(ARRAYS).toList();

    ProcessFigures after = measure();

    assertThat(after.heap() - before.heap()).isBetween(60L * MIB, 80L * MIB);
    assertThat(after.outside() - before.outside()).isGreaterThan(100L * MIB);
    assertThat(after.arrays()).isGreaterThan(ARRAYS);
    assertThat(after.outside()).isLessThan(after.resident());
    assertThat(after.handles()).isPositive();
    assertThat(after.threads()).isPositive();
    assertThat(after.line().split(",")).hasSameSizeAs(ProcessFigures.NAMES.split(","));
    assertThat(heap.length + array.length() + small.size()).isPositive();
  }

  private static ProcessFigures measure() throws InterruptedException {
    return ProcessFigures.of(ProcessHandle.current().pid(), 0, 0).orElseThrow();
  }
}
