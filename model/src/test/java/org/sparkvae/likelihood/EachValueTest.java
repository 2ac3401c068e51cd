package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;

/** The shares of values, of every likelihood, in what they are and in their derivatives. */
class EachValueTest {
  private static final Formula.Operand SHARE = Formula.value("share");
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int FEATURES = 4;
  private static final Shape SHAPE = Shape.vector(5);
  private static final float[] X = {0, 1, 0.2f, 0.6f, 1, 1, 0, 0.4f, 0.8f, 0};

  static Stream<Likelihood> likelihoods() {
    return ModelCases.likelihoods().stream();
  }

  /** A row's value and what it is by the parameters. */
  private record Computed(double[] rows, double[] gradient) {}

  /** Records a value a row. */
  private interface Recorded {
    Rows of(Recorder recorder, Distribution given, Matrix x);
  }

  private static Computed compute(Likelihood likelihood, DataType type, Recorded of) {
    Recorder recorder = new Recorder(IMAGES, SAMPLES);
    Matrix x = recorder.constant(IMAGES, SHAPE.values());
    Matrix features = recorder.constant(IMAGES * SAMPLES, FEATURES);
    Rows rows = of.of(recorder, likelihood.given(recorder, features, SHAPE), x);
    ParameterLayout layout = recorder.layout();
    double[] values = new double[Math.toIntExact(layout.length())];
    Arrays.setAll(values, i -> 0.8 * Math.sin(3.7 * i + 1));
    INDArray parameters = Nd4j.createFromArray(values).castTo(type);
    INDArray gradient = Nd4j.zeros(type, values.length);
    Program program =
        new Program(recorder, layout, parameters, gradient, List.of(rows, x, features));
    double[] given = new double[IMAGES * SAMPLES * FEATURES];
    Arrays.setAll(given, i -> Math.cos(2.3 * i));
    x.value().assign(Nd4j.createFromArray(X).castTo(type).reshape(x.value().shape()));
    features
        .value()
        .assign(Nd4j.createFromArray(given).castTo(type).reshape(features.value().shape()));
    program.forward();
    double[] found = rows.value().clone();
    Arrays.setAll(rows.gradient(), row -> 1 + 0.3 * row);
    program.backward();
    return new Computed(found, gradient.toDoubleVector());
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void theSharesOfARowSumToItsDensity(Likelihood likelihood) {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      Computed whole = compute(likelihood, type, (recorder, given, x) -> given.logDensity(x));

      Computed summed =
          compute(
              likelihood,
              type,
              (recorder, given, x) ->
                  recorder.sumOverColumns(
                      SHARE, Map.of(SHARE, given.logDensityOfEach(x).orElseThrow())));

      double precision = type == DataType.DOUBLE ? 1e-9 : 2e-4;
      for (int r = 0; r < whole.rows().length; r++) {
        assertThat(summed.rows()[r])
            .isCloseTo(whole.rows()[r], within(precision * (1 + Math.abs(whole.rows()[r]))));
      }
      for (int i = 0; i < whole.gradient().length; i++) {
        assertThat(summed.gradient()[i])
            .isCloseTo(
                whole.gradient()[i], within(precision * (10 + Math.abs(whole.gradient()[i]))));
      }
    }
  }
}
