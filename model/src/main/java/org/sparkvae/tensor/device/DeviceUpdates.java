package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.ElementKernels;
import org.sparkvae.tensor.device.kernel.ProductKernel;
import org.sparkvae.tensor.device.kernel.SumKernels;

/** Changes whole arrays on a device; see {@link org.sparkvae.tensor.kernels.Kernels}. */
final class DeviceUpdates {
  private final Launcher launcher;

  DeviceUpdates(Launcher launcher) {
    this.launcher = launcher;
  }

  /** The factors may be the host's own, who tells of no change. */
  void scaleRows(INDArray a, double[] row) {
    launcher.arrays().refresh(row);
    Loaded kernel = launcher.load("scaleRows", ElementKernels::scaleRows);
    int count = Launcher.count(a);
    launcher.places(
        kernel,
        count,
        launcher.arrays().toUpdate(a),
        launcher.arrays().toRead(row),
        count,
        Launcher.size(a, 1));
  }

  void addScaled(double alpha, INDArray x, INDArray y) {
    Loaded kernel = launcher.load("addScaled", ElementKernels::addScaled);
    int count = Launcher.count(x);
    launcher.places(
        kernel,
        count,
        launcher.arrays().toRead(x),
        launcher.arrays().toUpdate(y),
        count,
        (float) alpha);
  }

  double sumOfSquares(INDArray a) {
    Loaded kernel = launcher.load("squares", SumKernels::squares);
    int count = Launcher.count(a);
    int part = (count + SumKernels.PARTS - 1) / SumKernels.PARTS;
    long from = launcher.arrays().toRead(a);
    long sums = launcher.scratch(ProductKernel.MOST_BYTES);
    launcher.launch(kernel, Grid.of(SumKernels.PARTS), from, sums, count, part);
    ByteBuffer piece = launcher.arrays().staging().take(SumKernels.PARTS * Double.BYTES);
    launcher.device().copyOut(sums, piece);
    launcher.device().finish();
    double sum = 0;
    for (int i = 0; i < SumKernels.PARTS; i++) {
      sum += piece.getDouble(i * Double.BYTES);
    }
    return sum;
  }

  void adam(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray secondMoment,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2) {
    Loaded kernel = launcher.load("adam", ElementKernels::adam);
    int count = Launcher.count(parameters);
    launcher.places(
        kernel,
        count,
        launcher.arrays().toUpdate(parameters),
        launcher.arrays().toRead(gradient),
        launcher.arrays().toUpdate(firstMoment),
        launcher.arrays().toUpdate(secondMoment),
        count,
        (float) (rate / correction1),
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) epsilon,
        (float) (1 / correction2));
  }

  void adamax(
      INDArray parameters,
      INDArray gradient,
      INDArray firstMoment,
      INDArray norm,
      double rate,
      double beta1,
      double beta2,
      double epsilon) {
    Loaded kernel = launcher.load("adamax", ElementKernels::adamax);
    int count = Launcher.count(parameters);
    launcher.places(
        kernel,
        count,
        launcher.arrays().toUpdate(parameters),
        launcher.arrays().toRead(gradient),
        launcher.arrays().toUpdate(firstMoment),
        launcher.arrays().toUpdate(norm),
        count,
        (float) rate,
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) epsilon);
  }

  void momentum(
      INDArray parameters, INDArray gradient, INDArray velocity, double rate, double momentum) {
    Loaded kernel = launcher.load("momentum", ElementKernels::momentum);
    int count = Launcher.count(parameters);
    launcher.places(
        kernel,
        count,
        launcher.arrays().toUpdate(parameters),
        launcher.arrays().toRead(gradient),
        launcher.arrays().toUpdate(velocity),
        count,
        (float) -rate,
        (float) momentum);
  }
}
