package org.sparkvae.tensor.device;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;
import org.sparkvae.tensor.device.kernel.ProductKernel;
import org.sparkvae.tensor.device.kernel.TileFusion;
import org.sparkvae.tensor.device.kernel.TileProduct;

/**
 * Multiplies matrices on a device: large ones by its library where it has one, small ones always by
 * kernels of our own.
 */
final class DeviceProducts {
  private final Launcher launcher;
  private final Precision precision;

  DeviceProducts(Launcher launcher, Precision precision) {
    this.launcher = launcher;
    this.precision = precision;
  }

  private Optional<Products> library() {
    return launcher.arrays().withRoom(() -> launcher.device().products(precision));
  }

  void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, double beta, INDArray c) {
    int m = Launcher.size(c, 0);
    int n = Launcher.size(c, 1);
    int k = Launcher.size(a, transposeA ? 0 : 1);
    if (TileProduct.fits(m, n, k)) {
      tiles(a, transposeA, b, transposeB, beta, c, new TileFusion.None());
      return;
    }
    DeviceArrays arrays = launcher.arrays();
    long ofA = arrays.toRead(a);
    long ofB = arrays.toRead(b);
    long ofC = beta == 0 ? arrays.toWrite(c) : arrays.toUpdate(c);
    if (launcher.isMuted()) {
      return;
    }
    Optional<Products> library = library();
    if (library.isPresent()) {
      if (library.get().precision() == Precision.BF16) {
        RoundedFactors rounded = RoundedFactors.of(launcher, ofA, m * k, ofB, k * n);
        ofA = rounded.a();
        ofB = rounded.b();
      }
      library.get().multiply(m, n, k, ofA, transposeA, ofB, transposeB, (float) beta, ofC);
      return;
    }
    int parts = ProductKernel.parts(m, n, k);
    boolean adds = beta != 0;
    ProductKernel product =
        new ProductKernel(transposeA, transposeB, adds && parts == 1, ProductKernel.isTall(m));
    Loaded kernel = launcher.load("product", product, product::build);
    int strips = (k + ProductKernel.STRIP - 1) / ProductKernel.STRIP;
    int ofPart = (strips + parts - 1) / parts * ProductKernel.STRIP;
    Grid grid = ProductKernel.grid(m, n, parts);
    if (parts == 1) {
      launcher.launch(kernel, grid, ofA, ofB, ofC, m, n, k, ofPart);
      return;
    }
    long sums = launcher.scratch(ProductKernel.MOST_BYTES);
    launcher.launch(kernel, grid, ofA, ofB, sums, m, n, k, ofPart);
    Loaded sum = launcher.load("sumParts", adds, () -> ProductKernel.sum(adds));
    launcher.places(sum, m * n, sums, ofC, m * n, parts);
  }

  /**
   * A small product, and what else its kernel computes.
   *
   * @param others arguments of the fusion
   */
  void tiles(
      INDArray a,
      boolean transposeA,
      INDArray b,
      boolean transposeB,
      double beta,
      INDArray c,
      TileFusion fusion,
      Object... others) {
    int m = Launcher.size(c, 0);
    int n = Launcher.size(c, 1);
    int k = Launcher.size(a, transposeA ? 0 : 1);
    DeviceArrays arrays = launcher.arrays();
    Object[] arguments = new Object[6 + others.length];
    arguments[0] = arrays.toRead(a);
    arguments[1] = arrays.toRead(b);
    arguments[2] = beta == 0 ? arrays.toWrite(c) : arrays.toUpdate(c);
    arguments[3] = m;
    arguments[4] = n;
    arguments[5] = k;
    System.arraycopy(others, 0, arguments, 6, others.length);
    TileProduct product = TileProduct.of(transposeA, transposeB, beta != 0, k, fusion);
    Loaded kernel = launcher.load("tileProduct", product, product::build);
    launcher.launch(kernel, product.grid(m, n), arguments);
  }

  @Override
  public String toString() {
    return library().map(Products::describe).orElse("products of our own");
  }
}
