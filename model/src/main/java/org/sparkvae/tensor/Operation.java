package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** One operation of a recording: its value from its inputs, and its share of their gradients. */
public interface Operation {
  /** What it reads, beside parameters. */
  List<Node> inputs();

  /** The recording has its memory: the place to allocate what lasts from step to step. */
  default void bind() {}

  /** Computes the value. */
  void forward(Kernels kernels);

  /** Adds to the gradients of its inputs and parameters, each by the beta that its claim gives. */
  void backward(Kernels kernels);

  /** Floating-point operations of a forward pass, where they are worth counting. */
  default double flops() {
    return 0;
  }
}
