package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.formula.Axes;
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

  private final DeviceKernels kernels;
  private final Frame frame;

  /** By which outputs are added to. */
  private final Map<BitSet, List<Launch>> launches = new HashMap<>();

  DeviceFormula(DeviceKernels kernels, Frame frame) {
    this.kernels = kernels;
    this.frame = frame;
  }

  /** A kernel with its arguments. */
  private record Launch(FormulaKernel of, boolean[] adds, Loaded loaded) {}

  @Override
  public void run(double[] betas) {
    if (kernels.isMuted()) {
      return;
    }
    boolean[] adds = new boolean[betas.length];
    BitSet key = new BitSet(betas.length);
    for (int i = 0; i < betas.length; i++) {
      adds[i] = betas[i] != 0;
      key.set(i, adds[i]);
    }
    launches.computeIfAbsent(key, k -> compile(adds)).forEach(this::launch);
  }

  private List<Launch> compile(boolean[] adds) {
    List<Launch> compiled = new ArrayList<>();
    for (Axes axes : ORDER) {
      List<Integer> outputs =
          IntStream.range(0, adds.length)
              .filter(i -> frame.code().outputs().get(i).axes() == axes)
              .boxed()
              .toList();
      for (List<Integer> together : groups(axes, outputs)) {
        FormulaKernel kernel = new FormulaKernel(frame, together, adds);
        compiled.add(new Launch(kernel, adds, kernels.load(kernel.build())));
      }
    }
    return compiled;
  }

  /** Values of places are written together; each sum has a kernel of its own. */
  private static List<List<Integer>> groups(Axes axes, List<Integer> outputs) {
    if (outputs.isEmpty()) {
      return List.of();
    }
    boolean together = axes == Axes.VALUE || axes == Axes.IMAGE;
    return together ? List.of(outputs) : outputs.stream().map(List::of).toList();
  }

  private void launch(Launch launch) {
    DeviceArrays arrays = kernels.arrays();
    Stream<Long> operands =
        launch.of().operands().stream()
            .map(Formula.Operand::name)
            .map(name -> arrays.toRead(frame.operands().get(name)));
    Stream<Long> outputs =
        launch.of().outputs().stream()
            .map(i -> arrays.toWrite(frame.outputs().get(i), launch.adds()[i]));
    kernels.launch(launch.loaded(), launch.of().grid(), Stream.concat(operands, outputs).toArray());
  }
}
