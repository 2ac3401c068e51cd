package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.device.kernel.Skeletons;
import org.sparkvae.tensor.kernels.VectorMeans;

/** Averages vectors on a device, a thread for each place. */
final class DeviceMeans implements VectorMeans {
  private final Launcher launcher;

  DeviceMeans(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public void mean(List<INDArray> vectors, double[] weights, INDArray mean) {
    int count = vectors.size();
    ByteBuffer told = launcher.arrays().staging().take(count * (Long.BYTES + Double.BYTES));
    double total = 0;
    for (int v = 0; v < count; v++) {
      told.putLong(v * Long.BYTES, launcher.arrays().toRead(vectors.get(v)));
      told.putDouble(count * Long.BYTES + v * Double.BYTES, weights[v]);
      total += weights[v];
    }
    long addresses = launcher.device().address(told);
    Loaded kernel = launcher.load("weightedMean", DeviceMeans::weightedMean);
    launcher.places(
        kernel,
        Launcher.count(mean),
        addresses,
        addresses + (long) count * Long.BYTES,
        launcher.arrays().toWrite(mean),
        count,
        total,
        Launcher.count(mean));
  }

  @Override
  public void copy(VectorMeans from, INDArray source, INDArray target) {
    Launcher other = ((DeviceMeans) from).launcher;
    long bytes = Float.BYTES * source.length();
    long at = other.arrays().toRead(source);
    long to = launcher.arrays().toWrite(target);
    if (other == launcher) {
      launcher.device().copy(at, to, bytes);
    } else {
      launcher.device().copyFrom(other.device(), at, to, bytes);
    }
  }

  /** Arguments: addresses of vectors, weights, mean, vectors, sum of weights, places. */
  static Kernel weightedMean() {
    KernelBuilder kernel = new KernelBuilder("weighted_mean", Skeletons.PLACES);
    GlobalArray addresses = kernel.array(Type.S64);
    GlobalArray weights = kernel.array(Type.F64);
    GlobalArray mean = kernel.array(Type.F32);
    Value vectors = kernel.argument(Type.S32);
    Value total = kernel.argument(Type.F64);
    Skeletons.places(
        kernel,
        kernel.argument(Type.S32),
        place -> {
          Value first = kernel.number(0);
          // From the first product: the sum of 0 and a negative 0 would be another 0.
          Value sum = kernel.variable(weighted(kernel, addresses, weights, first, place));
          kernel.repeat(
              kernel.number(1),
              vectors,
              kernel.number(1),
              v -> kernel.add(sum, weighted(kernel, addresses, weights, v, place)));
          mean.store(place, sum.over(total).to(Type.F32));
        });
    return kernel.build();
  }

  private static Value weighted(
      KernelBuilder kernel, GlobalArray addresses, GlobalArray weights, Value v, Value place) {
    Value x = kernel.array(Type.F32, addresses.load(v)).load(place).to(Type.F64);
    return weights.load(v).times(x);
  }
}
