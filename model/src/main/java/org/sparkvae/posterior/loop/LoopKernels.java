package org.sparkvae.posterior.loop;

/** The kernels of a loop. Equal ones are made of the same instructions. */
public interface LoopKernels {
  /** Builds what computes the results. */
  void forward(ForwardKernel loop);

  /** Builds what computes the derivatives by the inputs. */
  void backward(BackwardKernel loop);
}
