package org.sparkvae.tensor.device.kernel;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/** The kernels that compute shares of a whole, and their derivative: one block does it all. */
public final class ShareKernels {
  private static final int THREADS = Skeletons.OF_ROW;

  private final KernelBuilder kernel;
  private final Value count;

  private ShareKernels(String name) {
    kernel = new KernelBuilder(name, THREADS);
    count = kernel.argument(Type.S32);
  }

  /** Arguments: count, logits, shares. */
  public static Kernel logShares() {
    return new ShareKernels("log_shares").sharing();
  }

  /**
   * Arguments: count, shares, byShares, byLogits.
   *
   * @param adds whether what byLogits held is added to
   */
  public static Kernel logSharesBackward(boolean adds) {
    return new ShareKernels("log_shares_backward").differentiating(adds);
  }

  private Kernel sharing() {
    GlobalArray logits = kernel.array(Type.F32);
    GlobalArray shares = kernel.array(Type.F64);
    Value largest = RowKernels.largest(kernel, count, logits::load);
    Value sum = sum(k -> Elementary.exp(logits.load(k).minus(largest)));
    Value mean = sum.over(count.to(Type.F64)).to(Type.F32);
    Value shift = Elementary.log(mean).to(Type.F64).plus(largest.to(Type.F64));
    each(k -> shares.store(k, logits.load(k).to(Type.F64).minus(shift)));
    return kernel.build();
  }

  private Kernel differentiating(boolean adds) {
    GlobalArray shares = kernel.array(Type.F64);
    GlobalArray byShares = kernel.array(Type.F64);
    GlobalArray byLogits = kernel.array(Type.F32);
    Value mean = sum(byShares::load).over(count.to(Type.F64));
    each(
        k -> {
          Value timesCount = Elementary.exp(shares.load(k).to(Type.F32)).to(Type.F64);
          Value share = byShares.load(k).minus(mean.times(timesCount)).to(Type.F32);
          byLogits.store(k, adds ? byLogits.load(k).plus(share) : share);
        });
    return kernel.build();
  }

  /** The sum of terms of 0 to count, for all threads. */
  private Value sum(UnaryOperator<Value> term) {
    SharedArray total = kernel.shared(Type.F64, 1);
    Value zero = kernel.number(0);
    Skeletons.sum(kernel, THREADS, count, term, sum -> total.store(zero, sum));
    kernel.barrier();
    return total.load(zero);
  }

  private void each(Consumer<Value> body) {
    kernel.repeat(kernel.thread(), count, kernel.number(THREADS), body);
  }
}
