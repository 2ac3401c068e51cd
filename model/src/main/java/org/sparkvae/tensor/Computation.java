package org.sparkvae.tensor;

import org.sparkvae.tensor.kernels.Kernels;

/** The two passes of an operation. */
public interface Computation {
  /** The recording has its memory: the place to allocate what lasts from step to step. */
  default void bind() {}

  /** Whether it gives every gradient that is asked for, once there is memory. */
  default boolean isComplete() {
    return true;
  }

  /** Computes the value. */
  void forward(Kernels kernels);

  /** Adds to the gradients of inputs and parameters, each by the beta that its claim gives. */
  void backward(Kernels kernels);
}
