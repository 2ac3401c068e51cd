package org.sparkvae.tensor.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.device.kernel.Skeletons;
import org.sparkvae.tensor.device.kernel.SumKernels;
import org.sparkvae.tensor.kernels.ColumnBlock;

/** Copies columns between matrices on a device, and sums them. */
final class DeviceColumns {
  private final Launcher launcher;

  DeviceColumns(Launcher launcher) {
    this.launcher = launcher;
  }

  void spread(ColumnBlock columns) {
    Loaded kernel = launcher.load("spread", DeviceColumns::spread);
    INDArray part = columns.part();
    long from = launcher.arrays().toRead(part);
    long to = launcher.arrays().toUpdate(columns.whole());
    int places = Launcher.size(columns.whole(), 0) * Launcher.size(part, 1);
    launch(kernel, from, to, columns, places, Launcher.size(part, 0));
  }

  void collect(ColumnBlock columns, boolean adds) {
    Loaded kernel = launcher.load("collect", adds, () -> collect(adds));
    INDArray part = columns.part();
    long from = launcher.arrays().toRead(columns.whole());
    long to = adds ? launcher.arrays().toUpdate(part) : launcher.arrays().toWrite(part);
    launch(kernel, from, to, columns, Launcher.count(part), Launcher.count(columns.whole()));
  }

  private void launch(
      Loaded kernel, long from, long to, ColumnBlock columns, int places, int last) {
    int ofPart = Launcher.size(columns.part(), 1);
    int ofWhole = Launcher.size(columns.whole(), 1);
    launcher.places(kernel, places, from, to, places, ofPart, ofWhole, columns.first(), last);
  }

  /** Arguments: part, whole, places, columns of part and of whole, the first, rows of part. */
  private static Kernel spread() {
    KernelBuilder kernel = new KernelBuilder("spread", Skeletons.PLACES);
    GlobalArray part = kernel.array(Type.F32);
    GlobalArray whole = kernel.array(Type.F32);
    Value places = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value wide = kernel.argument(Type.S32);
    Value first = kernel.argument(Type.S32);
    Value rows = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        places,
        place -> {
          Value row = place.over(columns);
          Value column = place.modulo(columns);
          Value value = part.load(row.modulo(rows).fma(columns, column));
          whole.store(row.fma(wide, first.plus(column)), value);
        });
    return kernel.build();
  }

  /** Arguments: whole, part, then as {@link #spread()}, but values of whole for the last. */
  private static Kernel collect(boolean adds) {
    KernelBuilder kernel = new KernelBuilder("collect", Skeletons.PLACES);
    GlobalArray whole = kernel.array(Type.F32);
    GlobalArray part = kernel.array(Type.F32);
    Value places = kernel.argument(Type.S32);
    Value columns = kernel.argument(Type.S32);
    Value wide = kernel.argument(Type.S32);
    Value first = kernel.argument(Type.S32);
    Value all = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        places,
        place -> {
          Value start = place.over(columns).fma(wide, first.plus(place.modulo(columns)));
          Value ofPart = places.over(columns).times(wide);
          Value sum = kernel.variable(adds ? part.load(place) : kernel.number(Type.F32, 0));
          kernel.repeat(start, all, ofPart, at -> kernel.add(sum, whole.load(at)));
          part.store(place, sum);
        });
    return kernel.build();
  }

  /** Sums the columns of a matrix, [rows, columns] -> [columns]. */
  static void sum(Launcher launcher, INDArray a, boolean adds, INDArray sums) {
    Loaded kernel = launcher.load("sumColumns", adds, () -> SumKernels.columns(adds));
    long from = launcher.arrays().toRead(a);
    long to = adds ? launcher.arrays().toUpdate(sums) : launcher.arrays().toWrite(sums);
    int rows = Launcher.size(a, 0);
    int columns = Launcher.size(a, 1);
    launcher.launch(kernel, Grid.of(columns, Skeletons.COLUMNS), from, to, rows, columns);
  }
}
