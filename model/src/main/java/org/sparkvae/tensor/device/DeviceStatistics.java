package org.sparkvae.tensor.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.ShareKernels;
import org.sparkvae.tensor.device.kernel.Skeletons;
import org.sparkvae.tensor.device.kernel.StatisticsKernels;
import org.sparkvae.tensor.kernels.ColumnStatistics;

/** Computes statistics of columns on a device, each in one launch. */
record DeviceStatistics(Launcher launcher) implements ColumnStatistics {
  @Override
  public void standardise(INDArray x, double epsilon, INDArray y, INDArray precision) {
    Loaded kernel = launcher.load("standardise", StatisticsKernels::standardise);
    DeviceArrays arrays = launcher.arrays();
    long from = arrays.toRead(x);
    launch(kernel, x, from, arrays.toWrite(y), arrays.toWrite(precision), (float) epsilon);
  }

  @Override
  public void standardiseBackward(
      INDArray y, INDArray precision, INDArray byY, double beta, INDArray byX) {
    boolean adds = beta != 0;
    Loaded kernel =
        launcher.load(
            "standardiseBackward", adds, () -> StatisticsKernels.standardiseBackward(adds));
    DeviceArrays arrays = launcher.arrays();
    long of = arrays.toRead(y);
    long by = arrays.toRead(precision);
    long seed = arrays.toRead(byY);
    launch(kernel, y, of, by, seed, adds ? arrays.toUpdate(byX) : arrays.toWrite(byX));
  }

  @Override
  public void moments(INDArray x, INDArray moments) {
    Loaded kernel = launcher.load("moments", StatisticsKernels::moments);
    long from = launcher.arrays().toRead(x);
    launch(kernel, x, from, launcher.arrays().toWrite(moments));
  }

  @Override
  public void logShares(INDArray logits, double[] shares) {
    Loaded kernel = launcher.load("logShares", ShareKernels::logShares);
    long from = launcher.arrays().toRead(logits);
    launcher.launch(kernel, Grid.of(1), shares.length, from, launcher.arrays().toWrite(shares));
  }

  @Override
  public void logSharesBackward(
      double[] shares, double[] byShares, double beta, INDArray byLogits) {
    boolean adds = beta != 0;
    Loaded kernel =
        launcher.load("logSharesBackward", adds, () -> ShareKernels.logSharesBackward(adds));
    DeviceArrays arrays = launcher.arrays();
    long of = arrays.toRead(shares);
    long by = arrays.toRead(byShares);
    launcher.launch(
        kernel,
        Grid.of(1),
        shares.length,
        of,
        by,
        adds ? arrays.toUpdate(byLogits) : arrays.toWrite(byLogits));
  }

  /** Launches a kernel whose first arguments are the rows and columns of a matrix. */
  private void launch(Loaded kernel, INDArray matrix, Object... others) {
    int columns = Launcher.size(matrix, 1);
    Object[] arguments = new Object[2 + others.length];
    arguments[0] = Launcher.size(matrix, 0);
    arguments[1] = columns;
    System.arraycopy(others, 0, arguments, 2, others.length);
    launcher.launch(kernel, Grid.of(columns, Skeletons.COLUMNS), arguments);
  }
}
