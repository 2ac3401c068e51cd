package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.tensor.kernels.NoiseRows;
import org.sparkvae.tensor.kernels.PixelRows;

/** Draws noise and images on a device; see {@link org.sparkvae.tensor.kernels.Kernels}. */
final class DeviceNoise {
  private final Launcher launcher;

  DeviceNoise(Launcher launcher) {
    this.launcher = launcher;
  }

  void normal(NoiseRows rows, INDArray to) {
    draw(launcher.load("normal", NoiseKernels::normal), rows, to);
  }

  void uniform(NoiseRows rows, INDArray to) {
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

  void coins(PixelRows images, INDArray to) {
    Loaded kernel = launcher.load("coins", NoiseKernels::coins);
    int count = images.keys().length;
    int columns = Launcher.size(to, 1);
    long keys = launcher.arrays().told(images);
    long pixels = keys + (long) Integer.BYTES * NoiseKernels.OF_IMAGE * count;
    Grid grid = Grid.of(NoiseKernels.threads(count, columns), Skeletons.PLACES);
    launcher.launch(kernel, grid, keys, pixels, launcher.arrays().toWrite(to), count, columns);
  }

  void shares(byte[] pixels, INDArray to) {
    Loaded kernel = launcher.load("shares", NoiseKernels::shares);
    ByteBuffer piece = launcher.arrays().staging().take(pixels.length);
    piece.duplicate().put(pixels);
    launcher.places(
        kernel,
        pixels.length,
        launcher.device().address(piece),
        launcher.arrays().toWrite(to),
        pixels.length);
  }
}
