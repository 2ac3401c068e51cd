package org.sparkvae.tensor.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.device.kernel.TileFusion;
import org.sparkvae.tensor.device.kernel.TileProduct;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.AffineBackward;
import org.sparkvae.tensor.kernels.AffineBackward.Share;

/** Affine maps of few rows on a device, each pass in as few launches as it has products. */
final class DeviceAffine {
  private final Launcher launcher;
  private final DeviceProducts products;

  DeviceAffine(Launcher launcher, DeviceProducts products) {
    this.launcher = launcher;
    this.products = products;
  }

  /** Whether y = f(x weight + bias) is so small that one launch computes it. */
  boolean fits(INDArray x, INDArray y) {
    return TileProduct.fits(Launcher.size(y, 0), Launcher.size(y, 1), Launcher.size(x, 1));
  }

  void forward(INDArray x, INDArray weight, INDArray bias, Activation f, INDArray y) {
    products.tiles(
        x, false, weight, false, 0, y, new TileFusion.Affine(f), launcher.arrays().toRead(bias));
  }

  /** Whether all products of a backward pass are small, and nothing else of it is asked for. */
  boolean fits(AffineBackward pass) {
    int rows = Launcher.size(pass.y(), 0);
    int ofX = Launcher.size(pass.x(), 1);
    int ofY = Launcher.size(pass.y(), 1);
    return !pass.isObserved()
        && (pass.byWeight() == null) == (pass.byBias() == null)
        && (pass.byWeight() == null || TileProduct.fits(ofX + 1, ofY, rows))
        && (pass.byInput() == null || TileProduct.fits(rows, ofX, ofY));
  }

  void backward(AffineBackward pass) {
    if (pass.byWeight() != null) {
      launcher.aside(() -> byParameters(pass));
    }
    Share share = pass.byInput();
    if (share != null) {
      products.tiles(
          pass.byOutput(),
          false,
          pass.weight(),
          true,
          share.beta(),
          share.gradient(),
          new TileFusion.ByInput(pass.f()),
          launcher.arrays().toRead(pass.y()));
    }
  }

  private void byParameters(AffineBackward pass) {
    Share weight = pass.byWeight();
    Share bias = pass.byBias();
    DeviceArrays arrays = launcher.arrays();
    boolean adds = bias.beta() != 0;
    products.tiles(
        pass.x(),
        true,
        pass.byOutput(),
        false,
        weight.beta(),
        weight.gradient(),
        new TileFusion.ByParameters(pass.f(), adds),
        arrays.toRead(pass.y()),
        adds ? arrays.toUpdate(bias.gradient()) : arrays.toWrite(bias.gradient()));
  }
}
