package org.sparkvae.tensor.formula;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class FrameTest {
  private static final Formula A = value("a");
  private static final Formula C = column("c");

  @Test
  void arraysThatDoNotFitAreRefused() {
    Code code = Code.of(List.of(new Output(A.plus(C), Axes.ROW)));
    Content rows = new Content.PerRow(new double[6]);
    Content values = new Content.Array(Nd4j.zeros(DataType.FLOAT, 6, 4));
    Content three = new Content.Array(Nd4j.zeros(DataType.FLOAT, 3));
    assertThatThrownBy(
            () -> new Frame(code, 3, 2, 4, Map.of("a", values, "c", three), List.of(rows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("c needs an array of 4 values, not 3");
    assertThatThrownBy(() -> new Frame(code, 3, 2, 4, Map.of("a", values), List.of(rows)))
        .hasMessage("c needs an array of 4 values, not none");
    Content part = new Content.Part(Nd4j.zeros(DataType.FLOAT, 1, 9), 0, 4);
    assertThatThrownBy(
            () -> new Frame(code, 3, 2, 4, Map.of("a", values, "c", part), List.of(rows)))
        .hasMessage("c is in another kind of array than COLUMN");
    assertThatThrownBy(() -> Code.of(List.of(new Output(A.plus(column("a")), Axes.ROW))).operands())
        .hasMessage("two operands are named a");
  }
}
