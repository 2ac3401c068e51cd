package org.sparkvae.device.code;

import org.sparkvae.device.code.Instruction.Space;

/** An array in global memory, by its address. */
public final class GlobalArray {
  private final KernelBuilder kernel;
  private final Type type;
  private final Value address;

  GlobalArray(KernelBuilder kernel, Type type, Value address) {
    this.kernel = kernel;
    this.type = type;
    this.address = address;
  }

  /** The value at a place; one of fewer bits than registers as an integer. */
  public Value load(Value place) {
    return kernel.load(Space.GLOBAL, type, at(place));
  }

  /** Sets the value at a place. */
  public void store(Value place, Value value) {
    kernel.store(Space.GLOBAL, type, at(place), value);
  }

  private Value at(Value place) {
    return place.wideFma(kernel.number(type.bytes()), address);
  }
}
