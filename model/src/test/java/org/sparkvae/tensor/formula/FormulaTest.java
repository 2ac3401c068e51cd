package org.sparkvae.tensor.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.image;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.scalar;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.device.SimulatedDevice;
import org.sparkvae.tensor.device.DeviceKernels;

/** Every way to run a formula against the others, finite differences and SameDiff. */
class FormulaTest {
  private static final Formula A = value("a");
  private static final Formula B = image("b");
  private static final Formula C = column("c");
  private static final Formula R = row("r");
  private static final Formula S = scalar("s");

  /** Every function and join, every kind of operand, and densities as they are written. */
  static Stream<Formula> formulas() {
    List<Formula> formulas = new ArrayList<>();
    for (Function function : Function.values()) {
      Formula inside = A.plus(B).minus(C.times(0.5));
      Formula inDomain =
          switch (function) {
            case LOG, SQRT -> inside.squared().plus(0.3);
            case LOG1P -> inside.squared().minus(0.7);
            default -> inside;
          };
      formulas.add(inDomain.apply(function).times(S));
    }
    formulas.add(A.over(B.squared().plus(1)).plus(R.times(C)));
    formulas.add(A.logAddExp(B.times(20)).logAddExp(R.minus(C)));
    formulas.add(C.logAddExp(A));
    formulas.add(C.apply(Function.EXP).times(S).plus(number(2).minus(A)).times(R));
    Formula logit = A.plus(C);
    formulas.add(B.times(logit).minus(logit.apply(Function.SOFTPLUS)));
    Formula variance = C.apply(Function.SOFTPLUS).plus(0.01);
    formulas.add(
        variance
            .apply(Function.LOG)
            .plus(Math.log(2 * Math.PI))
            .plus(B.minus(A).squared().over(variance))
            .times(-0.5));
    formulas.add(
        B.minus(A).over(S.apply(Function.EXP)).squared().over(4).plus(1).apply(Function.LOG));
    return formulas.stream();
  }

  /** With widths below, at and beyond whole vectors and blocks. */
  static Stream<Arguments> cases() {
    return formulas()
        .flatMap(
            formula ->
                Stream.of(1, 16, 37, HostRun.BLOCK + 21)
                    .map(columns -> Arguments.of(formula, columns)));
  }

  /** The value, every operand's derivative, each summed to the operand's axes. */
  private static List<Output> outputs(Formula formula) {
    List<Output> outputs = new ArrayList<>();
    for (Axes axes : Axes.values()) {
      outputs.add(new Output(formula, axes));
    }
    for (Formula.Operand operand : operands(formula)) {
      outputs.add(new Output(formula.derivative(operand), operand.axes()));
    }
    return outputs;
  }

  private static List<Formula.Operand> operands(Formula formula) {
    Code code = Code.of(List.of(new Output(formula, Axes.VALUE)));
    return List.copyOf(code.operands().values());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hostLoopsAndDevicesAgreeWithPlainOperationsInFloat64(Formula formula, int columns) {
    Code code = Code.of(outputs(formula));
    for (double beta : new double[] {0, 1}) {
      FormulaArrays host =
          new FormulaArrays(code, 3, 2, columns, DataType.FLOAT, beta == 0 ? Double.NaN : 0.7);
      FormulaArrays plain =
          new FormulaArrays(code, 3, 2, columns, DataType.DOUBLE, beta == 0 ? Double.NaN : 0.7);
      double[] betas = new double[code.outputs().size()];
      Arrays.fill(betas, beta);
      FormulaArrays device =
          new FormulaArrays(code, 3, 2, columns, DataType.FLOAT, beta == 0 ? Double.NaN : 0.7);
      DeviceKernels kernels = new DeviceKernels(new SimulatedDevice(1 << 24));
      kernels.formulas(device.frame, DataType.FLOAT).run(betas);
      kernels.settle();
      new HostRun(host.frame).run(betas);
      new PlainRun(plain.frame, DataType.DOUBLE).run(betas);
      for (int i = 0; i < betas.length; i++) {
        double[] expected = plain.output(i);
        double scale = 1;
        for (double v : expected) {
          scale = Math.max(scale, Math.abs(v));
        }
        assertThat(host.output(i))
            .as("output %d: %s", i, code.outputs().get(i).formula())
            .containsExactly(expected, within(1e-5 * scale));
        assertThat(device.output(i))
            .as("output %d on a device: %s", i, code.outputs().get(i).formula())
            .containsExactly(expected, within(1e-5 * scale));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void derivativesEqualCentralDifferences(Formula formula) {
    if (jumps(formula)) {
      return; // It has none there.
    }
    Code code = Code.of(outputs(formula));
    FormulaArrays arrays = new FormulaArrays(code, 3, 2, 5, DataType.DOUBLE, 0);
    double[] betas = new double[code.outputs().size()];
    new PlainRun(arrays.frame, DataType.DOUBLE).run(betas);
    int total = Axes.SCALAR.ordinal();
    int output = Axes.values().length;
    for (Formula.Operand operand : operands(formula)) {
      double[] analytic = arrays.output(output++);
      for (int i = 0; i < analytic.length; i++) {
        double h = 1e-5;
        double centre = arrays.get(operand.name(), i);
        arrays.set(operand.name(), i, centre + h);
        new PlainRun(arrays.frame, DataType.DOUBLE).run(betas);
        double above = arrays.output(total)[0];
        arrays.set(operand.name(), i, centre - h);
        new PlainRun(arrays.frame, DataType.DOUBLE).run(betas);
        double below = arrays.output(total)[0];
        arrays.set(operand.name(), i, centre);
        assertThat(analytic[i])
            .as("%s by %s at %d", formula, operand, i)
            .isCloseTo((above - below) / (2 * h), within(1e-5 * (1 + Math.abs(analytic[i]))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void valueAndDerivativesEqualThoseOfSameDiff(Formula formula) {
    Code code = Code.of(outputs(formula));
    FormulaArrays arrays = new FormulaArrays(code, 3, 2, 5, DataType.DOUBLE, 0);
    new PlainRun(arrays.frame, DataType.DOUBLE).run(new double[code.outputs().size()]);
    SameDiff graph = SameDiff.create();
    Map<String, SDVariable> variables = new LinkedHashMap<>();
    for (Formula.Operand operand : operands(formula)) {
      variables.put(operand.name(), graph.var(operand.name(), arrays.full(operand)));
    }
    SDVariable value = recorded(graph, formula, variables);
    SDVariable sum = value.sum("sum");
    sum.markAsLoss();
    assertThat(sum.eval().getDouble(0))
        .isCloseTo(arrays.output(Axes.SCALAR.ordinal())[0], within(1e-9));
    if (jumps(formula)) {
      return;
    }
    Map<String, INDArray> gradients =
        graph.calculateGradients(Map.of(), variables.keySet().toArray(String[]::new));
    int output = Axes.values().length;
    for (Formula.Operand operand : operands(formula)) {
      double ours = Arrays.stream(arrays.output(output++)).sum();
      assertThat(ours)
          .as("%s by %s", formula, operand)
          .isCloseTo(
              gradients.get(operand.name()).sumNumber().doubleValue(),
              within(1e-8 * (1 + Math.abs(ours))));
    }
  }

  private static boolean jumps(Formula formula) {
    String text = formula.toString();
    return text.contains(Function.STEP + "(") || text.contains(Function.SIGN + "(");
  }

  private static SDVariable recorded(
      SameDiff graph, Formula formula, Map<String, SDVariable> variables) {
    if (formula instanceof Formula.Operand operand) {
      return variables.get(operand.name());
    }
    if (formula instanceof Formula.Number number) {
      return graph.constant(number.value());
    }
    if (formula instanceof Formula.Applied applied) {
      SDVariable u = recorded(graph, applied.of(), variables);
      return switch (applied.function()) {
        case NEGATE -> u.neg();
        case SQUARE -> u.mul(u);
        case SQRT -> graph.math.sqrt(u);
        case EXP -> graph.math.exp(u);
        case LOG -> graph.math.log(u);
        case LOG1P -> graph.math.log1p(u);
        case TANH -> graph.math.tanh(u);
        case SIGMOID -> graph.nn.sigmoid(u);
        case SOFTPLUS -> graph.nn.softplus(u);
        case POSITIVE -> graph.nn.relu(u, 0);
        case STEP -> u.gt(0).castTo(DataType.DOUBLE);
        case ABS -> graph.math.abs(u);
        case SIGN -> graph.math.sign(u);
      };
    }
    Formula.Joined joined = (Formula.Joined) formula;
    SDVariable left = recorded(graph, joined.left(), variables);
    SDVariable right = recorded(graph, joined.right(), variables);
    return switch (joined.join()) {
      case PLUS -> left.add(right);
      case MINUS -> left.sub(right);
      case TIMES -> left.mul(right);
      case OVER -> left.div(right);
      case LOG_ADD_EXP -> graph.math.log(graph.math.exp(left).add(graph.math.exp(right)));
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 37, HostRun.BLOCK + 21})
  void partsOfMatricesAreReadAndWrittenLikeWholeOnes(int columns) {
    Formula formula = A.times(B).plus(A);
    Code code = Code.of(List.of(new Output(formula, Axes.VALUE), new Output(formula, Axes.IMAGE)));
    double[] betas = {0, 1};
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      FormulaArrays whole = new FormulaArrays(code, 3, 2, columns, type, 0.7);
      Map<String, Content> operands = new LinkedHashMap<>();
      whole.frame.operands().forEach((name, content) -> operands.put(name, part(content, columns)));
      List<Content> outputs =
          whole.frame.outputs().stream().map(content -> part(content, columns)).toList();
      Frame parts = new Frame(code, 3, 2, columns, operands, outputs);
      for (Frame frame : List.of(whole.frame, parts)) {
        Run run = type == DataType.FLOAT ? new HostRun(frame) : new PlainRun(frame, type);
        run.run(betas);
      }
      for (int i = 0; i < outputs.size(); i++) {
        INDArray matrix = ((Content.Part) outputs.get(i)).matrix();
        for (int r = 0; r < matrix.size(0); r++) {
          for (int d = 0; d < matrix.size(1); d++) {
            boolean inside = d >= 2 && d < 2 + columns;
            double expected = inside ? whole.output(i)[r * columns + d - 2] : Double.NaN;
            assertThat(matrix.getDouble(r, d)).isEqualTo(Double.valueOf(expected));
          }
        }
      }
    }
  }

  /** A copy with two columns of NaN before it and one behind. */
  private static Content part(Content whole, int columns) {
    INDArray array = ((Content.Array) whole).array();
    long rows = array.length() / columns;
    INDArray matrix =
        Nd4j.valueArrayOf(new long[] {rows, columns + 3L}, Double.NaN, array.dataType());
    matrix
        .get(NDArrayIndex.all(), NDArrayIndex.interval(2, columns + 2L))
        .assign(array.reshape('c', rows, columns));
    return new Content.Part(matrix, 2, columns);
  }

  @Test
  void equalExpressionsAreComputedOnce() {
    Formula shared = A.plus(C).apply(Function.EXP);
    Code code =
        Code.of(
            List.of(
                new Output(shared.times(shared), Axes.VALUE),
                new Output(value("a").plus(column("c")).apply(Function.EXP), Axes.ROW)));
    assertThat(code.expressions())
        .extracting(Object::toString)
        .containsExactly("a", "c", "(a + c)", "EXP((a + c))", "(EXP((a + c)) * EXP((a + c)))");
    // c is the same for all rows; a, their sum and its exponential take turns in one register.
    assertThat(code.registers()).isEqualTo(2);
  }

  @Test
  void numbersFoldAndZerosVanish() {
    assertThat(A.times(0)).isEqualTo(number(0));
    assertThat(A.times(1).plus(0).over(1).minus(0)).isEqualTo(A);
    assertThat(number(2).times(3).apply(Function.SQUARE)).isEqualTo(number(36));
    assertThat(A.squared().derivative(Formula.value("b"))).isEqualTo(number(0));
  }
}
