package org.sparkvae.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;

class StudentTTest {
  private static final int SAMPLES = 20_000;
  private static final long KEY = Noise.key(3, Noise.Purpose.EVALUATION, 0, 8);

  /** Matrices of noise and a program of them. */
  private record Drawn(List<Matrix> noise, Program program) {
    static Drawn of(Recorder recorder, Matrix... noise) {
      recorder.vector("none", 1, new Start.Constant(0));
      List<Node> results = List.of(noise);
      return new Drawn(
          List.of(noise),
          new Program(recorder, recorder.layout(), Nd4j.create(DataType.DOUBLE, 1), null, results));
    }

    /** Log ratios of so many samples from a first one on. */
    double[] draw(Tails tails, long first, int count) {
      double[] logRatios = new double[count];
      program.noise().draw(KEY, 0, first, count);
      tails.lengthen(program.noise(), KEY, first, logRatios);
      program.noise().send();
      return logRatios;
    }

    double value(int matrix, int sample, int column) {
      return noise.get(matrix).value().getDouble(sample, column);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.5, 5, 30})
  void oneValueIsOfStudentsDistribution(double freedom) {
    Recorder recorder = new Recorder(1, SAMPLES);
    Drawn drawn = Drawn.of(recorder, recorder.normal(1));
    double[] logRatios = drawn.draw(new StudentT(freedom), 0, SAMPLES);

    TDistribution t = new TDistribution(freedom);
    NormalDistribution normal = new NormalDistribution();
    double[] values = new double[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      values[s] = drawn.value(0, s, 0);
      assertThat(logRatios[s])
          .isCloseTo(
              t.logDensity(values[s]) - normal.logDensity(values[s]),
              within(1e-6 * (1 + values[s] * values[s])));
    }
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(t, values)).isGreaterThan(0.01);
  }

  /** The squared length of all values together, over their number, is F(n, v) distributed. */
  @Test
  void allNormalValuesOfASampleShareOneFactor() {
    Recorder recorder = new Recorder(1, SAMPLES);
    Matrix uniform = recorder.uniform(1);
    Drawn drawn = Drawn.of(recorder, recorder.normal(3), uniform, recorder.normal(2));
    double[] logRatios = drawn.draw(new StudentT(4), 0, SAMPLES);

    double[] squares = new double[SAMPLES];
    double meanWeight = 0;
    for (int s = 0; s < SAMPLES; s++) {
      for (int c = 0; c < 5; c++) {
        double value = drawn.value(c < 3 ? 0 : 2, s, c < 3 ? c : c - 3);
        squares[s] += value * value / 5;
      }
      meanWeight += Math.exp(-logRatios[s]) / SAMPLES;
      assertThat(drawn.value(1, s, 0)).isBetween(0.0, 1.0);
    }
    FDistribution f = new FDistribution(5, 4);
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(f, squares)).isGreaterThan(0.01);
    assertThat(meanWeight).isCloseTo(1, within(0.02));
  }

  @Test
  void aSampleDoesNotDependOnTheCallThatDrewIt() {
    Recorder recorder = new Recorder(1, 10);
    Drawn drawn = Drawn.of(recorder, recorder.normal(7));
    double[] whole = drawn.draw(new StudentT(5), 20, 10);
    double value = drawn.value(0, 6, 2);
    double[] part = drawn.draw(new StudentT(5), 26, 3);
    assertThat(part[0]).isEqualTo(whole[6]);
    assertThat(drawn.value(0, 0, 2)).isEqualTo(value);
  }

  @Test
  void normalNoiseStaysAsItIs() {
    Recorder recorder = new Recorder(1, 4);
    Drawn drawn = Drawn.of(recorder, recorder.normal(2));
    double[] logRatios = drawn.draw(new Normal(), 0, 4);
    float[] expected = new float[2];
    Noise.normal(KEY, 3, expected, 0, 2);
    assertThat(logRatios).containsOnly(0);
    assertThat(drawn.value(0, 3, 1)).isEqualTo(expected[1]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void degreesOfFreedomAreAboveTwo(double freedom) {
    assertThatThrownBy(() -> new StudentT(freedom))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("freedom must be a number above 2, but is " + freedom);
  }
}
