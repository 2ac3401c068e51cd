package org.sparkvae.tensor;

import java.util.List;

/**
 * One operation of a recording: its value from its inputs, and its share of their gradients.
 *
 * <p>Any room may bring its own. In a backward pass an operation asks each input and parameter that
 * has a gradient for its claim, once for each time that it contributes, and makes the gradient
 * {@code claim * gradient + its share}.
 */
public interface Operation extends Computation {
  /** What it reads, beside parameters. */
  List<Node> inputs();

  /**
   * Whether derivatives flow through it. Where they do not, its result has no gradient, and {@link
   * #backward} is never called.
   */
  default boolean differentiable() {
    return true;
  }

  /**
   * Whether it touches arrays by the kernels alone, wherever these lie; else it is run in host
   * memory. Values of rows that no other operation reads may then be computed beside the others.
   */
  default boolean isByKernels() {
    return false;
  }

  /** Whether it reads parameters, or adds to their gradients, beside its inputs. */
  default boolean hasParameters() {
    return true;
  }

  /** Floating-point operations of a forward pass, where they are worth counting. */
  default double flops() {
    return 0;
  }
}
