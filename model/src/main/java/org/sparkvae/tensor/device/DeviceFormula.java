package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.FormulaKernel;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Run;

/** Runs compiled formulas on a device: a kernel for the outputs that are summed alike. */
final class DeviceFormula implements Run {
  /**
   * Sums before values: an output by value may lie over an operand, which the others read as well.
   */
  private static final List<Axes> ORDER =
      List.of(Axes.ROW, Axes.SCALAR, Axes.COLUMN, Axes.IMAGE, Axes.VALUE);

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
    for (Axes axes : ORDER) {
      List<Integer> outputs = new ArrayList<>();
      for (int i = 0; i < adds.length; i++) {
        if (frame.code().outputs().get(i).axes() == axes) {
          Optional<INDArray> values = axes == Axes.COLUMN ? values(i, adds) : Optional.empty();
          if (values.isPresent()) {
            afterValues.add(sum(values.get(), i, adds[i]));
          } else {
            outputs.add(i);
          }
        }
      }
      for (List<Integer> together : groups(axes, outputs)) {
        FormulaKernel kernel = new FormulaKernel(frame, together, adds);
        Loaded loaded = launcher.load(kernel.build());
        compiled.add(() -> launch(kernel, loaded, adds));
      }
    }
    compiled.addAll(afterValues);
    return compiled;
  }

  /** Where the values that a column's output sums are another output, and nothing else. */
  private Optional<INDArray> values(int output, boolean[] adds) {
    return IntStream.range(0, adds.length)
        .filter(i -> !adds[i] && frame.code().outputs().get(i).axes() == Axes.VALUE)
        .filter(i -> frame.code().result(i) == frame.code().result(output))
        .mapToObj(i -> frame.outputs().get(i))
        .filter(Content.Array.class::isInstance)
        .map(content -> ((Content.Array) content).array())
        .findFirst();
  }

  private Runnable sum(INDArray values, int output, boolean adds) {
    INDArray matrix = values.reshape('c', frame.rows(), frame.columns());
    INDArray target = ((Content.Array) frame.outputs().get(output)).array();
    return () -> DeviceColumns.sum(launcher, matrix, adds, target);
  }

  /** Values of places are written together; each sum has a kernel of its own. */
  private static List<List<Integer>> groups(Axes axes, List<Integer> outputs) {
    if (outputs.isEmpty()) {
      return List.of();
    }
    boolean together = axes == Axes.VALUE || axes == Axes.IMAGE;
    return together ? List.of(outputs) : outputs.stream().map(List::of).toList();
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
