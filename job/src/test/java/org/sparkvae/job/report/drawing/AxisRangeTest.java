package org.sparkvae.job.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AxisRangeTest {
  private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

  @Test
  void anOrdinaryRangeIsShownWholeWithALittleRoom() {
    AxisRange range = AxisRange.robust(DoubleStream.of(4, 1, 2, 3));

    assertThat(range.low()).isCloseTo(1 - 0.06 * 3, EXACTLY);
    assertThat(range.high()).isCloseTo(4 + 0.06 * 3, EXACTLY);
  }

  @Test
  void oneWildValueDoesNotFlattenTheRest() {
    // Quartiles 2 and 4: the axis ends 2.5 times their distance below them, at -3.
    DoubleStream values = DoubleStream.of(-1000, 2, 3, 4, 5);
    AxisRange range = AxisRange.robust(values);

    assertThat(range.low()).isCloseTo(-3 - 0.06 * 8, EXACTLY);
    assertThat(range.high()).isCloseTo(5 + 0.06 * 8, EXACTLY);
    assertThat(range.outside(DoubleStream.of(-1000, 2, 3, 4, 5))).isEqualTo(1);
  }

  @Test
  void aConstantHasRoomAboutIt() {
    AxisRange range = AxisRange.robust(DoubleStream.of(-200, -200, Double.NaN));

    assertThat(range.low()).isCloseTo(-202, EXACTLY);
    assertThat(range.high()).isCloseTo(-198, EXACTLY);
  }

  @Test
  void nothingFiniteIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AxisRange.robust(DoubleStream.of(Double.NaN)));
  }
}
