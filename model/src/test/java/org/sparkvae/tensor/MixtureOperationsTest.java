package org.sparkvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.kernels.Activation;

/** Inner products, log-mean-exp and chosen rows against plain loops, and their derivatives. */
class MixtureOperationsTest {
  private static final int ROWS = 3;
  private static final int COMPONENTS = 5;
  private static final int WIDTH = 2;

  /** Each operation on a table of parameters, [5, 2], and numbers in [0, 1), [3, 2]. */
  private enum Recording {
    INNER_PRODUCTS {
      @Override
      Rows on(Recorder r, Matrix table, Matrix x) {
        Matrix squares = r.map(V.squared(), Map.of(V, x));
        Matrix tableSquares = r.map(V.squared(), Map.of(V, table));
        Matrix left = r.dense(x, WIDTH, Activation.TANH);
        Matrix products =
            r.innerProducts(List.of(squares, left), List.of(table, tableSquares), table);
        return r.sumOverColumns(V.squared(), Map.of(V, products));
      }

      @Override
      double expected(double[][] table, double[] x, double[] dense) {
        double sum = 0;
        for (double[] t : table) {
          double product = t[0] + t[1];
          for (int d = 0; d < WIDTH; d++) {
            product += x[d] * x[d] * t[d] + dense[d] * t[d] * t[d];
          }
          sum += product * product;
        }
        return sum;
      }
    },
    LOG_MEAN_EXP {
      @Override
      Rows on(Recorder r, Matrix table, Matrix x) {
        Matrix scaled = r.map(V.times(40), Map.of(V, table));
        return r.logMeanExp(r.innerProducts(List.of(x), List.of(scaled), scaled));
      }

      @Override
      double expected(double[][] table, double[] x, double[] dense) {
        double sum = 0;
        for (double[] t : table) {
          sum += Math.exp(40 * (t[0] * (x[0] + 1) + t[1] * (x[1] + 1)));
        }
        return Math.log(sum / table.length);
      }
    },
    CHOSEN_ROWS {
      @Override
      Rows on(Recorder r, Matrix table, Matrix x) {
        Matrix chosen = r.chosenRows(table, r.columns(x, 0, 1));
        return r.sumOverColumns(V.squared(), Map.of(V, chosen));
      }

      @Override
      double expected(double[][] table, double[] x, double[] dense) {
        double[] t = table[(int) (x[0] * table.length)];
        return t[0] * t[0] + t[1] * t[1];
      }
    };

    private static final Formula.Operand V = Formula.value("v");

    abstract Rows on(Recorder r, Matrix table, Matrix x);

    abstract double expected(double[][] table, double[] x, double[] dense);
  }

  /** A recording on its arrays. */
  private static final class Computation {
    final INDArray values;
    final INDArray gradient;
    final double[][] x = new double[ROWS][WIDTH];
    private final Program program;
    private final Rows rows;

    Computation(Recording recording, DataType type) {
      Recorder recorder = new Recorder(ROWS, 1);
      Matrix input = recorder.constant(ROWS, WIDTH);
      Start start = new Start.Constant(0);
      Parameter table = recorder.weight("table", COMPONENTS, WIDTH, start);
      Formula.Operand v = Formula.value("v");
      rows = recording.on(recorder, recorder.map(v.times(1.5), Map.of(v, table)), input);
      ParameterLayout layout = recorder.layout();
      double[] random = new Random(3).doubles(layout.length(), -1, 1).toArray();
      values = Nd4j.createFromArray(random).castTo(type);
      gradient = Nd4j.valueArrayOf(new long[] {random.length}, Double.NaN, type);
      program = new Program(recorder, layout, values, gradient, List.of(rows));
      // The first and the last row of the table, and one between.
      double[] u = {0, 0.7, 0.5, 0.2, 0.999, 0.4};
      for (int i = 0; i < u.length; i++) {
        x[i / WIDTH][i % WIDTH] = u[i];
      }
      input.value().assign(Nd4j.createFromArray(u).castTo(type).reshape(ROWS, WIDTH));
    }

    double[] value() {
      program.forward();
      return rows.value().clone();
    }

    double[] differentiate() {
      value();
      Arrays.setAll(rows.gradient(), r -> r + 1);
      program.backward();
      return gradient.toDoubleVector();
    }

    double sum() {
      double[] value = value();
      return value[0] + 2 * value[1] + 3 * value[2];
    }

    /** The table as the recording has it. */
    double[][] table() {
      double[][] table = new double[COMPONENTS][WIDTH];
      for (int i = 0; i < COMPONENTS * WIDTH; i++) {
        table[i / WIDTH][i % WIDTH] = 1.5 * values.getDouble(i);
      }
      return table;
    }

    /** tanh(x weight + bias), where there is a dense layer. */
    double[] dense(double[] row) {
      double[] out = new double[WIDTH];
      int at = COMPONENTS * WIDTH;
      for (int j = 0; j < WIDTH && values.length() > at; j++) {
        double sum = values.getDouble(at + WIDTH * WIDTH + j);
        for (int i = 0; i < WIDTH; i++) {
          sum += row[i] * values.getDouble(at + (long) i * WIDTH + j);
        }
        out[j] = Math.tanh(sum);
      }
      return out;
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.class)
  void valueEqualsThePlainLoops(Recording recording) {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      Computation computation = new Computation(recording, type);
      double[] value = computation.value();
      for (int r = 0; r < ROWS; r++) {
        double[] x = computation.x[r];
        double expected = recording.expected(computation.table(), x, computation.dense(x));
        double tolerance =
            (type == DataType.DOUBLE ? 1e-7 : 1e-5) * Math.max(1, Math.abs(expected));
        assertThat(value[r]).isCloseTo(expected, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.class)
  void gradientEqualsCentralDifferences(Recording recording) {
    Computation computation = new Computation(recording, DataType.DOUBLE);
    double[] analytic = computation.differentiate();
    double h = 1e-6;
    for (int i = 0; i < analytic.length; i++) {
      double centre = computation.values.getDouble(i);
      computation.values.putScalar(i, centre + h);
      double above = computation.sum();
      computation.values.putScalar(i, centre - h);
      double below = computation.sum();
      computation.values.putScalar(i, centre);
      assertThat(analytic[i])
          .as("parameter %d", i)
          .isCloseTo((above - below) / (2 * h), within(1e-5));
    }
    double[] narrow = new Computation(recording, DataType.FLOAT).differentiate();
    double scale = Arrays.stream(analytic).map(Math::abs).max().orElseThrow();
    assertThat(narrow).containsExactly(analytic, within(1e-4 * scale));
  }

  @Test
  void logMeanExpOfARowOfZeroProbabilitiesIsThatOfZero() {
    Recorder recorder = new Recorder(2, 1);
    Matrix x = recorder.constant(2, 5);
    Rows out = recorder.logMeanExp(x);
    recorder.vector("nothing", 1, new Start.Constant(0));
    Program program =
        new Program(recorder, recorder.layout(), Nd4j.zeros(DataType.FLOAT, 1), null, List.of(out));
    x.value().assign(Double.NEGATIVE_INFINITY);
    x.value().putScalar(1, 3, -400.0);
    program.forward();
    assertThat(out.value()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(out.value()[1]).isCloseTo(-400 - Math.log(5), within(1e-6));
  }

  @Test
  void aFormulaClipsATableOfParameters() {
    Recorder recorder = new Recorder(1, 1);
    Formula.Operand w = Formula.value("w");
    Formula clip = w.apply(Function.POSITIVE).minus(w.minus(1).apply(Function.POSITIVE));
    Parameter table = recorder.weight("table", 2, 2, new Start.Constant(0));
    Rows sums = recorder.sumOverColumns(clip, Map.of(w, table));
    INDArray values = Nd4j.createFromArray(-0.5f, 0.25f, 0.75f, 1.5f);
    INDArray gradient = Nd4j.zeros(DataType.FLOAT, 4);
    Program program = new Program(recorder, recorder.layout(), values, gradient, List.of(sums));
    program.forward();
    assertThat(sums.value()).containsExactly(0.25, 1.75);
    Arrays.fill(sums.gradient(), 1);
    program.backward();
    assertThat(gradient.toDoubleVector()).containsExactly(0, 1, 1, 0);
  }
}
