package org.sparkvae.tensor.device;

import org.sparkvae.device.Device.Loaded;
import org.sparkvae.device.Precision;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.Kernel;
import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;
import org.sparkvae.tensor.device.kernel.Skeletons;

/**
 * The factors of a product as bfloat16, until the next product.
 *
 * @param a address of the first
 * @param b address of the second
 */
record RoundedFactors(long a, long b) {
  /** The second begins at a multiple of so many values, as libraries read it fastest. */
  private static final int ALIGNED = 128;

  private static final int DROPPED = 16;
  private static final int NOT_A_NUMBER = 0x7FC0;

  /** Rounds matrices of so many values, which lie anywhere. */
  static RoundedFactors of(Launcher launcher, long a, int ofA, long b, int ofB) {
    int second = (ofA + ALIGNED - 1) / ALIGNED * ALIGNED;
    long to = launcher.scratch((long) Precision.BF16.bytes() * (second + ofB));
    Loaded kernel = launcher.load("roundFactors", RoundedFactors::round);
    launcher.places(kernel, ofA + ofB, a, b, to, ofA, ofB, second);
    return new RoundedFactors(to, to + (long) Precision.BF16.bytes() * second);
  }

  /** Arguments: A, B, to, values of A, values of B, place of B. */
  static Kernel round() {
    KernelBuilder kernel = new KernelBuilder("round_factors", Skeletons.PLACES);
    Value a = kernel.argument(Type.S64);
    Value b = kernel.argument(Type.S64);
    GlobalArray to = kernel.array(Type.U16);
    Value ofA = kernel.argument(Type.S32);
    Value ofB = kernel.argument(Type.S32);
    Value second = kernel.argument(Type.S32);
    Skeletons.places(
        kernel,
        ofA.plus(ofB),
        place -> {
          Value isOfB = ofA.isAtMost(place);
          Value inFactor = place.blend(place.minus(ofA), isOfB);
          Value value = kernel.array(Type.F32, a.blend(b, isOfB)).load(inFactor);
          Value from = second.number(0).blend(second, isOfB);
          to.store(inFactor.plus(from), rounded(value));
        });
    return kernel.build();
  }

  /** To the nearest, of two that are as near to the even one. */
  private static Value rounded(Value value) {
    Value bits = value.asBits();
    Value isOdd = bits.shiftRight(DROPPED).and(1);
    Value nearest = bits.plus((1 << (DROPPED - 1)) - 1).plus(isOdd).shiftRight(DROPPED);
    // The sum may have made an infinity of it.
    return nearest.number(NOT_A_NUMBER).blend(nearest, value.isEqual(value));
  }
}
