package org.sparkvae.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A formula, place by place or summed over the columns, whose backward is made of its derivatives.
 */
final class FormulaOperation implements Operation {
  /** Name of the derivative of the loss by the result among the operands of the backward. */
  private static final String SEED = "derivative of the loss";

  private final Formula formula;
  private final Map<Formula.Operand, Argument> arguments;
  private final FormulaShape shape;
  private final Node result;
  private Run forward;
  private Run backward;
  private Claims claims;

  /**
   * An operation.
   *
   * @param result a matrix of the shape, or a value for each of its rows
   */
  FormulaOperation(
      Formula formula, Map<Formula.Operand, Argument> arguments, FormulaShape shape, Node result) {
    this.formula = formula;
    // In an order of their own, so that shares of one gradient add up to the same bits in any JVM.
    this.arguments = new LinkedHashMap<>();
    arguments.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().name()))
        .forEach(entry -> this.arguments.put(entry.getKey(), entry.getValue()));
    this.shape = shape;
    this.result = result;
  }

  @Override
  public List<Node> inputs() {
    return arguments.values().stream()
        .map(argument -> argument instanceof ColumnRange range ? range.matrix() : argument)
        .filter(Node.class::isInstance)
        .map(Node.class::cast)
        .toList();
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  private Axes axes() {
    return result instanceof Rows ? Axes.ROW : Axes.VALUE;
  }

  @Override
  public void forward(Kernels kernels) {
    if (forward == null) {
      Code code = Code.of(List.of(new Output(formula, axes())));
      forward = run(kernels, code, contents(), List.of(ArgumentArrays.value(result)));
    }
    forward.run(new double[1]);
  }

  @Override
  public void backward(Kernels kernels) {
    if (backward == null) {
      claims =
          new Claims(
              arguments.values().stream()
                  .filter(argument -> ArgumentArrays.gradient(argument) != null)
                  .toList());
      backward = derivatives(kernels);
    }
    if (claims.isOfAny()) {
      backward.run(claims.take(kernels));
    }
  }

  /** The derivative by every argument that has a gradient, which it is added to. */
  private Run derivatives(Kernels kernels) {
    Formula.Operand seed = new Formula.Operand(SEED, axes());
    Map<String, Content> operands = contents();
    operands.put(SEED, ArgumentArrays.gradient(result));
    List<Output> outputs = new ArrayList<>();
    List<Content> targets = new ArrayList<>();
    arguments.forEach(
        (operand, argument) -> {
          Content target = ArgumentArrays.gradient(argument);
          if (target != null) {
            outputs.add(new Output(formula.derivative(operand).times(seed), operand.axes()));
            targets.add(target);
          }
        });
    return run(kernels, Code.of(outputs), operands, targets);
  }

  private Map<String, Content> contents() {
    Map<String, Content> contents = new HashMap<>();
    arguments.forEach(
        (operand, argument) -> contents.put(operand.name(), ArgumentArrays.value(argument)));
    return contents;
  }

  private Run run(
      Kernels kernels, Code code, Map<String, Content> operands, List<Content> outputs) {
    Frame frame =
        new Frame(code, shape.samples(), shape.images(), shape.columns(), operands, outputs);
    return kernels.formulas(frame, type());
  }

  /** That of its arrays; rows alone are float64. */
  private DataType type() {
    return arguments.values().stream()
        .map(ArgumentArrays::value)
        .flatMap(content -> content.memory().stream())
        .map(INDArray::dataType)
        .findFirst()
        .orElse(DataType.DOUBLE);
  }

  /** The betas with which the derivatives by arguments are written. */
  private static final class Claims {
    private final List<Argument> arguments;

    /** What is claimed: of ranges that are all columns of a matrix, each of them once, that one. */
    private final List<Argument> claimed;

    /** By argument: the one whose claim it shares, as ranges of a claimed matrix do; or its own. */
    private final int[] sharing;

    private final double[] betas;

    Claims(List<Argument> arguments) {
      this.arguments = arguments;
      claimed = arguments.stream().map(this::whole).toList();
      sharing = new int[arguments.size()];
      Arrays.setAll(sharing, i -> isOwn(i) ? i : firstRange((Matrix) claimed.get(i)));
      betas = new double[arguments.size()];
    }

    private Argument whole(Argument argument) {
      return argument instanceof ColumnRange range && isCovered(range.matrix())
          ? range.matrix()
          : argument;
    }

    private boolean isCovered(Matrix matrix) {
      BitSet columns = new BitSet(matrix.columns());
      int count = 0;
      for (Argument argument : arguments) {
        if (argument instanceof ColumnRange range && range.matrix() == matrix) {
          columns.set(range.first(), range.first() + range.count());
          count += range.count();
        }
      }
      return count == matrix.columns() && columns.cardinality() == count;
    }

    private boolean isOwn(int number) {
      return claimed.get(number) == arguments.get(number);
    }

    private int firstRange(Matrix matrix) {
      int number = 0;
      while (isOwn(number) || claimed.get(number) != matrix) {
        number++;
      }
      return number;
    }

    boolean isOfAny() {
      return betas.length > 0;
    }

    double[] take(Kernels kernels) {
      for (int i = 0; i < betas.length; i++) {
        betas[i] =
            sharing[i] < i ? betas[sharing[i]] : ArgumentArrays.claim(kernels, claimed.get(i));
      }
      return betas;
    }
  }
}
