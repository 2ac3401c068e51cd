package org.sparkvae.device.code;

import org.sparkvae.device.code.Instruction.Space;

/** An array that the threads of a block share. */
public final class SharedArray {
  private final KernelBuilder kernel;
  private final Type type;
  private final int from;

  SharedArray(KernelBuilder kernel, Type type, int from) {
    this.kernel = kernel;
    this.type = type;
    this.from = from;
  }

  /** The value at a place. */
  public Value load(Value place) {
    return kernel.load(Space.SHARED, type, at(place));
  }

  /** Sets the value at a place. */
  public void store(Value place, Value value) {
    kernel.store(Space.SHARED, type, at(place), value);
  }

  private Value at(Value place) {
    return place.fma(kernel.number(type.bytes()), from);
  }
}
