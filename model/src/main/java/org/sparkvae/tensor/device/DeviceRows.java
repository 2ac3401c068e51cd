package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.RowKernels;

/** Computes values of rows on a device; see {@link org.sparkvae.tensor.kernels.Kernels}. */
final class DeviceRows {
  private final Launcher launcher;

  DeviceRows(Launcher launcher) {
    this.launcher = launcher;
  }

  void largestOfRows(INDArray a, double[] largest) {
    Loaded kernel = launcher.load("largestOfRows", RowKernels::largest);
    long from = launcher.arrays().toRead(a);
    launcher.launch(
        kernel,
        Grid.of(largest.length),
        from,
        launcher.arrays().toWrite(largest),
        Launcher.size(a, 1));
  }

  void logMeans(double[] largest, double[] sums, int count, double[] means) {
    Loaded kernel = launcher.load("logMeans", RowKernels::logMeans);
    long by = launcher.arrays().toRead(largest);
    long of = launcher.arrays().toRead(sums);
    launcher.places(
        kernel,
        means.length,
        by,
        of,
        launcher.arrays().toWrite(means),
        means.length,
        (double) count);
  }

  void divide(double[] a, double[] b, double[] quotients) {
    Loaded kernel = launcher.load("divide", RowKernels::divide);
    long of = launcher.arrays().toRead(a);
    long by = launcher.arrays().toRead(b);
    launcher.places(kernel, a.length, of, by, launcher.arrays().toWrite(quotients), a.length);
  }

  /** Begins to bring values to the heap; the result waits for them. */
  Runnable receive(List<double[]> rows) {
    Map<double[], Shadow> newer = new IdentityHashMap<>();
    long bytes = 0;
    for (double[] values : rows) {
      Shadow shadow = launcher.arrays().known(values);
      if (shadow != null && shadow.isNewerOnDevice() && newer.put(values, shadow) == null) {
        bytes += shadow.bytes();
      }
    }
    if (newer.isEmpty()) {
      return () -> {};
    }
    // One piece for all: a second one might be the memory of the first.
    Staging staging = launcher.arrays().staging();
    ByteBuffer piece = staging.take(Math.toIntExact(bytes));
    List<Device.Transfer> transfers = new ArrayList<>();
    List<Runnable> taken = new ArrayList<>();
    newer.forEach(
        (values, shadow) -> {
          int length = (int) shadow.bytes();
          ByteBuffer part = piece.slice(piece.position(), length).order(ByteOrder.nativeOrder());
          piece.position(piece.position() + length);
          transfers.add(new Device.Transfer(shadow.address(), part));
          taken.add(
              () -> {
                part.asDoubleBuffer().get(values);
                shadow.sameOnHost();
              });
        });
    Staging.Receipt receipt = new Staging.Receipt(launcher.device().fetch(transfers), taken);
    staging.hold(receipt);
    return receipt;
  }

  /** The heap has newer values. */
  void send(List<double[]> rows) {
    for (double[] values : rows) {
      Shadow shadow = launcher.arrays().known(values);
      if (shadow != null) {
        shadow.writtenOnHost();
      }
    }
  }
}
