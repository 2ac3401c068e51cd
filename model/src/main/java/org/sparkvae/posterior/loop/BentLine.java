package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.KernelBuilder;
import org.sparkvae.device.code.Value;

/**
 * The function x + r tanh(s x + t) of one variable, where r s is above -1, so that it rises. Its
 * tanh is float32's.
 */
record BentLine(Value r, Value s, Value t) {
  /** Newton's steps take a handful, halvings about 25. */
  private static final int MOST_STEPS = 50;

  private static final double CLOSE = 1e-7;

  /** The tanh where the variable is x. */
  Value tanh(Value x) {
    return LoopKernel.tanh(s.fma(x, t));
  }

  /**
   * Where the function has a value: by Newton's method, within bounds that halve where it would
   * leave them. Every thread finds it for itself.
   */
  Value inverse(KernelBuilder kernel, Value value) {
    Value low = kernel.variable(value.minus(r.magnitude()));
    Value high = kernel.variable(value.plus(r.magnitude()));
    Value x = kernel.variable(value);
    Value isFound = kernel.variable(kernel.number(0));
    kernel.repeat(
        kernel.number(0),
        kernel.number(MOST_STEPS),
        kernel.number(1),
        step -> kernel.when(isFound.isEqual(0), () -> step(kernel, value, low, high, x, isFound)));
    return x;
  }

  private void step(
      KernelBuilder kernel, Value value, Value low, Value high, Value x, Value isFound) {
    Value one = x.number(1);
    Value h = tanh(x);
    Value excess = r.fma(h, x).minus(value);
    Value isAbove = excess.isGreater(0);
    kernel.set(high, high.blend(x, isAbove));
    kernel.set(low, x.blend(low, isAbove));
    Value next = x.minus(excess.over(r.times(s).fma(LoopKernel.slope(h), one)));
    Value half = low.plus(high).times(0.5);
    // What is not a number is no step either, and is found in the value.
    Value isBelow = next.isAtMost(high);
    Value within = half.blend(half.blend(next, isBelow), low.isAtMost(next));
    Value far = within.minus(x).magnitude();
    Value isClose = far.isAtMost(x.magnitude().plus(1).times(CLOSE));
    kernel.set(isFound, kernel.number(0).blend(1, isClose));
    kernel.set(x, within);
  }
}
