package org.sparkvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Function;

/** Formulas on matrices, on ranges of their columns and on parameters. */
class FormulaOperationTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 3;
  private static final int WIDTH = 5;
  private static final Formula.Operand A = image("a");
  private static final Formula.Operand B = image("b");
  private static final Formula.Operand C = value("c");
  private static final Formula.Operand D = row("d");
  private static final Formula.Operand E = row("e");

  /** The values of some rows, then the gradient. */
  private static double[][] run(Recorder recorder, Rows rows, DataType type) {
    ParameterLayout layout = recorder.layout();
    double[] random = new Random(5).doubles(layout.length(), -1, 1).toArray();
    INDArray parameters = Nd4j.createFromArray(random).castTo(type);
    INDArray gradient = Nd4j.valueArrayOf(new long[] {random.length}, Double.NaN, type);
    Program program = new Program(recorder, layout, parameters, gradient, List.of(rows));
    program.noise().draw(3, 0, 0, SAMPLES);
    program.noise().draw(4, 1, 0, SAMPLES);
    program.noise().send();
    double[] seed = new Random(6).doubles(rows.count(), -1, 1).toArray();
    for (int again = 0; again < 2; again++) {
      program.forward();
      System.arraycopy(seed, 0, rows.gradient(), 0, seed.length);
      program.backward();
    }
    return new double[][] {rows.value().clone(), gradient.toDoubleVector()};
  }

  /** Matrices beside each other; a third one has no part in a result. */
  private static Matrix packed(Recorder recorder, int matrices) {
    Parameter weight = recorder.weight("packed", IMAGES, matrices * WIDTH);
    return recorder.map(C.apply(Function.TANH), Map.of(C, weight));
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 2", "DOUBLE, 3", "FLOAT, 2", "FLOAT, 3"})
  void rangesOfColumnsEqualCopiesOfThem(DataType type, int matrices) {
    Formula formula = A.times(C).plus(B.squared()).plus(A);
    Recorder ranges = new Recorder(IMAGES, SAMPLES);
    Matrix whole = packed(ranges, matrices);
    Rows ofRanges =
        ranges.sumOverColumns(
            formula,
            Map.of(
                A, whole.range(0, WIDTH), B, whole.range(WIDTH, WIDTH), C, ranges.normal(WIDTH)));
    Recorder copies = new Recorder(IMAGES, SAMPLES);
    Matrix source = packed(copies, matrices);
    Rows ofCopies =
        copies.sumOverColumns(
            formula,
            Map.of(
                A,
                copies.columns(source, 0, WIDTH),
                B,
                copies.columns(source, WIDTH, WIDTH),
                C,
                copies.normal(WIDTH)));
    double[][] expected = run(copies, ofCopies, type);
    double[][] actual = run(ranges, ofRanges, type);
    assertThat(actual[0]).isEqualTo(expected[0]);
    assertThat(actual[1]).containsExactly(expected[1], within(1e-6));
  }

  @Test
  void aWeightIsAMatrixOfValues() {
    Recorder r = new Recorder(IMAGES, 1);
    Parameter weight = r.weight("w", 4, WIDTH);
    Rows squares = r.sumOverColumns(C.squared(), Map.of(C, weight));
    double[][] result = run(r, squares, DataType.DOUBLE);
    double[] w = new Random(5).doubles(4 * WIDTH, -1, 1).toArray();
    double[] seed = new Random(6).doubles(4, -1, 1).toArray();
    assertThat(result[0]).hasSize(4);
    for (int i = 0; i < w.length; i++) {
      assertThat(result[1][i]).isCloseTo(2 * w[i] * seed[i / WIDTH], within(1e-12));
    }
  }

  /** As float64 too, where the matrices are. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "FLOAT"})
  void rowsAloneAreOneColumn(DataType type) {
    Recorder r = new Recorder(IMAGES, 1);
    Rows sums = r.sumOverColumns(C, Map.of(C, r.weight("w", IMAGES, WIDTH)));
    Matrix column = r.map(D.squared(), Map.of(D, sums));
    assertThat(column.columns()).isEqualTo(1);
    Rows difference =
        r.sumOverColumns(D.minus(E), Map.of(D, sums, E, r.sumOverColumns(C, Map.of(C, column))));
    double[][] result = run(r, difference, type);
    double[] w = new Random(5).doubles(IMAGES * WIDTH, -1, 1).toArray();
    double[] seed = new Random(6).doubles(IMAGES, -1, 1).toArray();
    double precision = type == DataType.DOUBLE ? 1e-14 : 1e-6;
    for (int i = 0; i < IMAGES; i++) {
      double sum = Arrays.stream(w, i * WIDTH, (i + 1) * WIDTH).sum();
      assertThat(result[0][i]).isCloseTo(sum - sum * sum, within(precision));
      assertThat(result[1][i * WIDTH]).isCloseTo(seed[i] * (1 - 2 * sum), within(precision));
    }
  }

  @Test
  void argumentsOfOtherShapesAreRefused() {
    Recorder r = new Recorder(IMAGES, SAMPLES);
    Formula f = value("a").plus(image("x"));
    assertThatThrownBy(
            () -> r.map(f, Map.of(value("a"), r.normal(5), image("x"), r.constant(IMAGES, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the arguments of a formula have 5 and 4 columns");
    assertThatThrownBy(() -> r.map(column("c"), Map.of(column("c"), r.weight("w", 2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no shape");
  }

  @Test
  void rangesThatAMatrixCannotGiveAreRefused() {
    Recorder r = new Recorder(IMAGES, SAMPLES);
    Matrix x = r.constant(IMAGES, 4);
    assertThatThrownBy(() -> x.range(2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    Matrix product = r.product(x, r.weight("w", 4, 6));
    assertThatThrownBy(() -> product.range(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the gradient of a product lies over its value: no formula takes some of its columns");
  }
}
