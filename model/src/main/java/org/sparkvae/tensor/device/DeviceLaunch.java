package org.sparkvae.tensor.device;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.kernels.OwnKernels;

/** A launch of an operation's own kernel. */
final class DeviceLaunch implements OwnKernels.Arguments {
  private final Launcher launcher;
  private final Loaded kernel;
  private final List<Object> arguments = new ArrayList<>();

  DeviceLaunch(Launcher launcher, Loaded kernel) {
    this.launcher = launcher;
    this.kernel = kernel;
  }

  @Override
  public OwnKernels.Arguments read(INDArray array) {
    return then(launcher.arrays().toRead(array));
  }

  @Override
  public OwnKernels.Arguments write(INDArray array) {
    return then(launcher.arrays().toWrite(array));
  }

  @Override
  public OwnKernels.Arguments update(INDArray array) {
    return then(launcher.arrays().toUpdate(array));
  }

  @Override
  public OwnKernels.Arguments read(double[] rows) {
    return then(launcher.arrays().toRead(rows));
  }

  @Override
  public OwnKernels.Arguments write(double[] rows) {
    return then(launcher.arrays().toWrite(rows));
  }

  @Override
  public OwnKernels.Arguments update(double[] rows) {
    return then(launcher.arrays().toUpdate(rows));
  }

  @Override
  public OwnKernels.Arguments number(int value) {
    return then(value);
  }

  @Override
  public void run(int blocks) {
    run(Grid.of(blocks));
  }

  /** Launches as many blocks. */
  void run(Grid grid) {
    launcher.launch(kernel, grid, arguments.toArray());
  }

  private OwnKernels.Arguments then(Object argument) {
    arguments.add(argument);
    return this;
  }
}
