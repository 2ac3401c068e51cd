package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.FormulaKernel;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;

/** Runs compiled formulas on a device: a kernel for the outputs that are summed alike. */
final class DeviceFormula implements Run {
  /**
   * Sums before values: an output by value may lie over an operand, which the others read as well.
   */
  private static final List<Axes> ORDER =
      List.of(Axes.ROW, Axes.SCALAR, Axes.COLUMN, Axes.IMAGE, Axes.VALUE);

  /** Rows whose columns are summed while their values are written. */
  private static final int MOST_AT_ONCE = 256;

  private final Launcher launcher;

  private final Frame frame;

  /** By which outputs are added to. */
  private final Map<BitSet, List<Runnable>> launches = new HashMap<>();

  DeviceFormula(Launcher launcher, Frame frame) {
    this.launcher = launcher;
    this.frame = frame;
  }

  @Override
  public void run(double[] betas) {
    boolean[] adds = new boolean[betas.length];
    BitSet key = new BitSet(betas.length);
    for (int i = 0; i < betas.length; i++) {
      adds[i] = betas[i] != 0;
      key.set(i, adds[i]);
    }
    launches.computeIfAbsent(key, k -> compile(adds)).forEach(Runnable::run);
  }

  private List<Runnable> compile(boolean[] adds) {
    List<Runnable> compiled = new ArrayList<>();
    List<Runnable> afterValues = new ArrayList<>();
    Set<Integer> kept = new HashSet<>();
    for (Axes axes : ORDER) {
      List<Integer> outputs = new ArrayList<>();
      for (int i : numbers(axes)) {
        Optional<Integer> values = axes == Axes.COLUMN ? values(i, adds) : Optional.empty();
        if (values.isEmpty()) {
          outputs.add(i);
        } else if (isAtOnce() && kept.add(values.get())) {
          afterValues.add(launch(List.of(i, values.get()), adds));
        } else {
          afterValues.add(sum(values.get(), i, adds[i]));
        }
      }
      outputs.removeAll(kept);
      groups(axes, outputs).forEach(together -> compiled.add(launch(together, adds)));
    }
    compiled.addAll(afterValues);
    return compiled;
  }

  private List<Integer> numbers(Axes axes) {
    List<Output> outputs = frame.code().outputs();
    return IntStream.range(0, outputs.size())
        .filter(i -> outputs.get(i).axes() == axes)
        .boxed()
        .toList();
  }

  /** The output by value whose values, and nothing else, a column's output sums. */
  private Optional<Integer> values(int output, boolean[] adds) {
    return numbers(Axes.VALUE).stream()
        .filter(i -> !adds[i] && frame.outputs().get(i) instanceof Content.Array)
        .filter(i -> frame.code().result(i) == frame.code().result(output))
        .findFirst();
  }

  /**
   * Whether the kernel that sums columns writes the values, too: the only ones, as they may lie
   * over an operand of others, of rows so few that it needs no more threads.
   */
  private boolean isAtOnce() {
    return frame.rows() <= MOST_AT_ONCE && numbers(Axes.VALUE).size() == 1;
  }

  private Runnable sum(int values, int output, boolean adds) {
    INDArray matrix = array(values).reshape('c', frame.rows(), frame.columns());
    INDArray target = array(output);
    return () -> DeviceColumns.sum(launcher, matrix, adds, target);
  }

  private INDArray array(int output) {
    return ((Content.Array) frame.outputs().get(output)).array();
  }

  /** Values of places are written together; each sum has a kernel of its own. */
  private static List<List<Integer>> groups(Axes axes, List<Integer> outputs) {
    if (outputs.isEmpty()) {
      return List.of();
    }
    boolean together = axes == Axes.VALUE || axes == Axes.IMAGE;
    return together ? List.of(outputs) : outputs.stream().map(List::of).toList();
  }

  private Runnable launch(List<Integer> outputs, boolean[] adds) {
    FormulaKernel kernel = new FormulaKernel(frame, outputs, adds);
    Loaded loaded = launcher.load(kernel.build());
    return () -> launch(kernel, loaded, adds);
  }

  private void launch(FormulaKernel kernel, Loaded loaded, boolean[] adds) {
    DeviceArrays arrays = launcher.arrays();
    Stream<Long> operands =
        kernel.operands().stream()
            .map(Formula.Operand::name)
            .map(name -> arrays.toRead(frame.operands().get(name)));
    Stream<Long> outputs =
        kernel.outputs().stream().map(i -> arrays.toWrite(frame.outputs().get(i), adds[i]));
    launcher.launch(loaded, kernel.grid(), Stream.concat(operands, outputs).toArray());
  }
}
