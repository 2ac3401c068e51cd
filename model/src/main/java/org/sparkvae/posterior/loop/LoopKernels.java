package org.sparkvae.posterior.loop;

/** The kernels of a loop. Equal ones are made of the same instructions. */
public interface LoopKernels {
  /** Builds what computes the results. */
  void forward(ForwardKernel loop);

  /** How many blocks compute the results; a row's each, unless said otherwise. */
  default int forwardBlocks(int rows, int images) {
    return rows;
  }

  /** How many blocks compute the derivatives; an image's each, unless said otherwise. */
  default int backwardBlocks(int rows, int images) {
    return images;
  }

  /** Builds what computes the derivatives by the inputs. */
  void backward(BackwardKernel loop);
}
