package org.sparkvae.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.tensor.formula.Formula.image;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

class BernoulliFormulaTest {
  private static final Formula.Operand LOGIT = image("logit");

  /** Uniform numbers are multiples of 2^-24. The mean of -17 is 4.1e-8, that of -18 is 1.5e-8. */
  @ParameterizedTest
  @CsvSource({
    "-30, 0, 0",
    "-18, 0, 0",
    "-17, 0, 1",
    "-17, 1, 0",
    "-16, 1, 1",
    "0, 8388607, 1",
    "0, 8388608, 0",
    "30, 16777215, 1"
  })
  void aBitIsOneWhereTheNumberIsBelowTheMean(float logit, int number, double bit) {
    Recorder recorder = new Recorder(1, 1);
    Matrix logits = recorder.constant(1, 1);
    Matrix uniform = recorder.uniform(1);
    recorder.vector("unused", 1, new Start.Constant(0));
    Rows drawn =
        recorder.sumOverColumns(
            BernoulliFormula.drawn(LOGIT),
            Map.of(LOGIT, logits, BernoulliFormula.UNIFORM, uniform));
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, 1);
    Program program =
        new Program(recorder, recorder.layout(), parameters, parameters.dup(), List.of(drawn));
    logits.value().assign(logit);
    uniform.value().assign(number * 0x1p-24f);
    program.forward();
    assertThat(drawn.value()).containsExactly(bit);
  }
}
