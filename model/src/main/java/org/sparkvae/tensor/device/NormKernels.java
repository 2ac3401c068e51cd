package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device.Grid;
import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.device.kernel.ProductKernel;
import org.sparkvae.tensor.device.kernel.Skeletons;

/**
 * Divides tensors by their norms, all of them at once: a first launch leaves the sums of squares of
 * parts of each tensor, a second one scales the parts.
 */
final class NormKernels {
  /** Parts of a tensor, each the work of a block. */
  private static final int PARTS = 32;

  private static final int OF_PART = 256;

  private NormKernels() {}

  /** The part of a tensor that a block works on. */
  private record Part(GlobalArray tensor, Value first, Value count) {
    /**
     * That of the block.
     *
     * @param addresses of the tensors
     * @param lengths of the tensors
     */
    static Part of(KernelBuilder kernel, GlobalArray addresses, GlobalArray lengths) {
      Value number = kernel.blockY();
      GlobalArray tensor = kernel.array(Type.F32, addresses.load(number));
      Value length = lengths.load(number);
      Value ofPart = length.plus(PARTS - 1).over(length.number(PARTS));
      Value first = kernel.block().times(ofPart);
      Value rest = length.minus(first);
      return new Part(tensor, first, ofPart.blend(rest, rest.isLess(ofPart)));
    }
  }

  /** Arguments: addresses, lengths, sums [tensors, PARTS]. */
  static Kernel sums() {
    KernelBuilder kernel = new KernelBuilder("norms", OF_PART);
    GlobalArray addresses = kernel.array(Type.S64);
    GlobalArray lengths = kernel.array(Type.S32);
    GlobalArray sums = kernel.array(Type.F64);
    Part part = Part.of(kernel, addresses, lengths);
    Value place = kernel.blockY().fma(kernel.number(PARTS), kernel.block());
    Skeletons.sum(
        kernel,
        OF_PART,
        part.count(),
        i -> {
          Value value = part.tensor().load(part.first().plus(i)).to(Type.F64);
          return value.times(value);
        },
        sum -> sums.store(place, sum));
    return kernel.build();
  }

  /** Arguments: addresses, lengths, sums [tensors, PARTS], scale, least. */
  static Kernel divide() {
    KernelBuilder kernel = new KernelBuilder("divide_by_norms", OF_PART);
    GlobalArray addresses = kernel.array(Type.S64);
    GlobalArray lengths = kernel.array(Type.S32);
    GlobalArray sums = kernel.array(Type.F64);
    Value scale = kernel.argument(Type.F64);
    Value least = kernel.argument(Type.F64);
    Part part = Part.of(kernel, addresses, lengths);
    Value first = kernel.blockY().times(PARTS);
    Value sum = kernel.variable(kernel.number(Type.F64, 0));
    kernel.repeat(
        kernel.number(0),
        kernel.number(PARTS),
        kernel.number(1),
        i -> kernel.add(sum, sums.load(first.plus(i))));
    Value norm = sum.root().over(scale);
    Value factor = kernel.number(Type.F64, 1).over(norm.plus(least)).to(Type.F32);
    // What is not finite is no multiple of 0.
    Value isFinite = norm.times(0).isEqual(0);
    Value by = factor.number(1).blend(factor, isFinite);
    kernel.repeat(
        kernel.thread(),
        part.count(),
        kernel.number(OF_PART),
        i -> {
          Value place = part.first().plus(i);
          part.tensor().store(place, part.tensor().load(place).times(by));
        });
    return kernel.build();
  }

  /** See {@link org.sparkvae.tensor.kernels.Kernels#normalise}. */
  static void normalise(Launcher launcher, List<INDArray> tensors, double scale, double least) {
    int count = tensors.size();
    int entry = Long.BYTES + Integer.BYTES;
    ByteBuffer told = launcher.arrays().staging().take(count * entry);
    for (int i = 0; i < count; i++) {
      told.putLong(i * Long.BYTES, launcher.arrays().toUpdate(tensors.get(i)));
      told.putInt(count * Long.BYTES + i * Integer.BYTES, Launcher.count(tensors.get(i)));
    }
    long addresses = launcher.device().address(told);
    long lengths = addresses + (long) count * Long.BYTES;
    long sums = launcher.scratch(ProductKernel.MOST_BYTES);
    if ((long) count * PARTS * Double.BYTES > ProductKernel.MOST_BYTES) {
      throw new IllegalArgumentException(count + " tensors are too many to be normalised at once");
    }
    Grid grid = new Grid(PARTS, count, 1);
    Loaded first = launcher.load("norms", NormKernels::sums);
    launcher.launch(first, grid, addresses, lengths, sums);
    Loaded second = launcher.load("divideByNorms", NormKernels::divide);
    launcher.launch(second, grid, addresses, lengths, sums, scale, least);
  }
}
