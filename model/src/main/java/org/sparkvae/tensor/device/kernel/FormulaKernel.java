package org.sparkvae.tensor.device.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;

/**
 * A kernel of those outputs of compiled formulas that are summed alike, or of a sum of columns and
 * the values that it sums. Its arguments are the operands that it reads, then its outputs.
 *
 * <p>Sums over columns, and over rows to one value, are float64; those over samples float32, from
 * the first to the last; those over rows for each column float32, in an order of its own.
 */
public final class FormulaKernel {
  /** Threads of the one block that sums everything. */
  private static final int OF_ALL = 1024;

  private final Frame frame;
  private final Code code;
  private final List<Integer> outputs;
  private final boolean[] adds;
  private final Axes axes;
  private final List<Formula.Operand> operands;
  private KernelBuilder kernel;
  private Map<String, GlobalArray> arrays;
  private List<GlobalArray> targets;

  /**
   * A kernel.
   *
   * @param outputs numbers of outputs of the same axes; or that of a sum of columns, then that of
   *     the same result by value, which nothing is added to
   * @param adds by number: whether what the output held is added to
   */
  public FormulaKernel(Frame frame, List<Integer> outputs, boolean[] adds) {
    this.frame = frame;
    this.code = frame.code();
    this.outputs = outputs;
    this.adds = adds;
    axes = code.outputs().get(outputs.get(0)).axes();
    Map<Integer, Boolean> needed = new LinkedHashMap<>();
    outputs.forEach(output -> need(code.result(output), needed));
    operands =
        code.operands().values().stream()
            .filter(operand -> needed.containsKey(code.number(operand)))
            .toList();
  }

  private void need(int number, Map<Integer, Boolean> needed) {
    if (needed.put(number, true) == null) {
      for (int part : code.parts(number)) {
        need(part, needed);
      }
    }
  }

  /** The operands that it reads, in the order of its arguments. */
  public List<Formula.Operand> operands() {
    return operands;
  }

  /** Numbers of the outputs that it writes. */
  public List<Integer> outputs() {
    return outputs;
  }

  /** The blocks that a launch has. */
  public Grid grid() {
    return switch (axes) {
      case VALUE -> Grid.of((long) frame.rows() * frame.columns(), Skeletons.PLACES);
      case IMAGE -> Grid.of((long) frame.images() * frame.columns(), Skeletons.PLACES);
      case COLUMN -> Grid.of(frame.columns(), Skeletons.COLUMNS);
      case ROW -> Grid.of(frame.rows());
      case SCALAR -> Grid.of(1);
    };
  }

  /** What a thread does. */
  public Kernel build() {
    int threads =
        switch (axes) {
          case VALUE, IMAGE -> Skeletons.PLACES;
          case COLUMN -> Skeletons.OF_COLUMNS;
          case ROW -> Skeletons.OF_ROW;
          case SCALAR -> OF_ALL;
        };
    kernel = new KernelBuilder("formula", threads);
    arrays = new HashMap<>();
    for (Formula.Operand operand : operands) {
      arrays.put(operand.name(), kernel.array(operand.axes() == Axes.ROW ? Type.F64 : Type.F32));
    }
    targets = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      targets.add(kernel.array(axes == Axes.ROW ? Type.F64 : Type.F32));
    }
    switch (axes) {
      case VALUE -> ofValues();
      case IMAGE -> ofImages();
      case COLUMN -> ofColumns(outputs.get(0), outputs.subList(1, outputs.size()));
      case ROW -> outputs.forEach(this::ofRows);
      case SCALAR -> outputs.forEach(this::ofAll);
    }
    return kernel.build();
  }

  /** All values of a place are read before the first is written: an output may lie over one. */
  private void ofValues() {
    Value columns = kernel.number(frame.columns());
    Skeletons.places(
        kernel,
        kernel.number(frame.rows() * frame.columns()),
        place -> {
          Value row = place.over(columns);
          Value column = place.modulo(columns);
          Body body = new Body(row, column);
          List<Value> values = outputs.stream().map(body::output).toList();
          for (int i = 0; i < values.size(); i++) {
            write(i, place(frame.outputs().get(outputs.get(i)), row, column), values.get(i));
          }
        });
  }

  private void ofImages() {
    Value columns = kernel.number(frame.columns());
    Skeletons.places(
        kernel,
        kernel.number(frame.images() * frame.columns()),
        place -> {
          Value image = place.over(columns);
          Value column = place.modulo(columns);
          List<Value> targetPlaces = new ArrayList<>();
          List<Value> sums = new ArrayList<>();
          Body first = new Body(image, column);
          for (int i = 0; i < outputs.size(); i++) {
            Value target = place(frame.outputs().get(outputs.get(i)), image, column);
            targetPlaces.add(target);
            Value value = first.output(outputs.get(i));
            sums.add(
                kernel.variable(
                    adds[outputs.get(i)] ? targets.get(i).load(target).plus(value) : value));
          }
          kernel.repeat(
              kernel.number(1),
              kernel.number(frame.samples()),
              kernel.number(1),
              sample -> {
                Body body = new Body(sample.fma(kernel.number(frame.images()), image), column);
                for (int i = 0; i < outputs.size(); i++) {
                  kernel.add(sums.get(i), body.output(outputs.get(i)));
                }
              });
          for (int i = 0; i < outputs.size(); i++) {
            targets.get(i).store(targetPlaces.get(i), sums.get(i));
          }
        });
  }

  private void ofColumns(int output, List<Integer> kept) {
    Skeletons.columnSums(
        kernel,
        kernel.number(frame.rows()),
        kernel.number(frame.columns()),
        (row, column) -> {
          Value value = new Body(row, column).output(output);
          for (int by : kept) {
            write(outputs.indexOf(by), place(frame.outputs().get(by), row, column), value);
          }
          return value;
        },
        (column, sum) -> write(outputs.indexOf(output), column, sum));
  }

  private void ofRows(int output) {
    Value row = kernel.block();
    Skeletons.sum(
        kernel,
        Skeletons.OF_ROW,
        kernel.number(frame.columns()),
        column -> new Body(row, column).output(output),
        sum -> write(outputs.indexOf(output), row, sum));
  }

  private void ofAll(int output) {
    Value columns = kernel.number(frame.columns());
    Skeletons.sum(
        kernel,
        OF_ALL,
        kernel.number(frame.rows() * frame.columns()),
        place -> new Body(place.over(columns), place.modulo(columns)).output(output),
        sum -> {
          GlobalArray target = targets.get(outputs.indexOf(output));
          Value zero = kernel.number(0);
          Value all = adds[output] ? sum.plus(target.load(zero).to(Type.F64)) : sum;
          target.store(zero, all.to(Type.F32));
        });
  }

  private void write(int number, Value place, Value value) {
    GlobalArray target = targets.get(number);
    target.store(place, adds[outputs.get(number)] ? target.load(place).plus(value) : value);
  }

  private Value place(Content content, Value row, Value column) {
    return content instanceof Content.Part part
        ? row.fma(kernel.number((int) part.matrix().size(1)), column.plus(part.first()))
        : row.fma(kernel.number(frame.columns()), column);
  }

  /** The expressions at a row and a column, each once. */
  private final class Body {
    private final Value row;
    private final Value column;
    private final Map<Integer, Value> values = new HashMap<>();

    Body(Value row, Value column) {
      this.row = row;
      this.column = column;
    }

    Value output(int number) {
      return value(code.result(number));
    }

    private Value value(int number) {
      Value known = values.get(number);
      if (known == null) {
        known = compute(number);
        values.put(number, known);
      }
      return known;
    }

    private Value compute(int number) {
      Formula expression = code.expressions().get(number);
      int[] parts = code.parts(number);
      if (expression instanceof Formula.Operand operand) {
        return read(operand);
      }
      if (expression instanceof Formula.Number constant) {
        return kernel.number(Type.F32, constant.value());
      }
      if (expression instanceof Formula.Applied applied) {
        return apply(applied, value(parts[0]));
      }
      Value a = value(parts[0]);
      Value b = value(parts[1]);
      return switch (((Formula.Joined) expression).join()) {
        case PLUS -> a.plus(b);
        case MINUS -> a.minus(b);
        case TIMES -> a.times(b);
        case OVER -> a.over(b);
        case LOG_ADD_EXP -> Elementary.logAddExp(a, b);
      };
    }

    private Value apply(Formula.Applied applied, Value u) {
      return switch (applied.function()) {
        case NEGATE -> u.negated();
        case SQUARE -> u.times(u);
        case SQRT -> u.root();
        case EXP -> Elementary.exp(u);
        case LOG -> Elementary.log(u);
        case LOG1P -> Elementary.log1p(u);
        case TANH -> Elementary.tanh(u);
        case SIGMOID -> Elementary.sigmoid(u);
        case SOFTPLUS -> Elementary.softplus(u);
        case POSITIVE -> Elementary.positive(u);
        case STEP -> u.number(0).blend(1, u.isGreater(0));
        case ABS -> u.magnitude();
        case SIGN -> u.blend(1, u.isGreater(0)).blend(-1, u.isLess(0));
      };
    }

    private Value read(Formula.Operand operand) {
      GlobalArray array = arrays.get(operand.name());
      Content content = frame.operands().get(operand.name());
      return switch (operand.axes()) {
        case VALUE -> array.load(place(content, row, column));
        case IMAGE -> array.load(place(content, row.modulo(kernel.number(frame.images())), column));
        case COLUMN -> array.load(column);
        case ROW -> array.load(row).to(Type.F32);
        case SCALAR -> array.load(kernel.number(0));
      };
    }
  }
}
