package org.sparkvae.tensor.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.device.kernel.NoiseKernels;
import org.sparkvae.tensor.device.kernel.Skeletons;
import org.sparkvae.tensor.kernels.DeviceInputs;
import org.sparkvae.tensor.kernels.NoiseRows;
import org.sparkvae.tensor.kernels.PixelRows;

/** Draws noise and images on a device. */
final class DeviceNoise implements DeviceInputs {
  private final Launcher launcher;

  DeviceNoise(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public void normal(NoiseRows rows, INDArray to) {
    draw(launcher.load("normal", NoiseKernels::normal), rows, to);
  }

  @Override
  public void uniform(NoiseRows rows, INDArray to) {
    draw(launcher.load("uniform", NoiseKernels::uniform), rows, to);
  }

  private void draw(Loaded kernel, NoiseRows rows, INDArray to) {
    int images = rows.keys().length;
    int count = Launcher.size(to, 0);
    int columns = Launcher.size(to, 1);
    long told = launcher.arrays().told(rows);
    Grid grid = Grid.of(NoiseKernels.threads(count, columns), Skeletons.PLACES);
    launcher.launch(kernel, grid, told, launcher.arrays().toWrite(to), images, count, columns);
  }

  @Override
  public void keep(byte[] pixels) {
    launcher.arrays().keep(pixels);
  }

  @Override
  public void coins(PixelRows images, long[] keys, INDArray to) {
    Loaded kernel = launcher.load("coins", NoiseKernels::coins);
    int count = images.count();
    int columns = images.values();
    Grid grid = Grid.of(NoiseKernels.threads(count, columns), Skeletons.PLACES);
    long written = launcher.arrays().toWrite(to);
    launcher
        .arrays()
        .tell(images, keys, told -> launcher.launch(kernel, grid, told, written, count, columns));
  }

  @Override
  public void shares(PixelRows images, INDArray to) {
    Loaded kernel = launcher.load("shares", NoiseKernels::shares);
    int places = Launcher.count(to);
    long written = launcher.arrays().toWrite(to);
    launcher
        .arrays()
        .tell(
            images,
            new long[images.count()],
            told -> launcher.places(kernel, places, told, written, places, images.values()));
  }
}
