package org.sparkvae.tensor.kernels;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.code.Kernel;

/** Runs kernels that an operation brings itself, where arrays lie on a device. */
@FunctionalInterface
public interface OwnKernels {
  /** The arguments of a launch, in the order of the kernel's parameters; all matrices float32. */
  interface Arguments {
    /** The address of an array that is read. */
    Arguments read(INDArray array);

    /** The address of an array that is overwritten whole. */
    Arguments write(INDArray array);

    /** The address of an array that is read and written. */
    Arguments update(INDArray array);

    /** The address of values of rows that are read. */
    Arguments read(double[] rows);

    /** The address of values of rows that are overwritten whole. */
    Arguments write(double[] rows);

    /** The address of values of rows that are read and written. */
    Arguments update(double[] rows);

    /** An integer. */
    Arguments number(int value);

    /** The address of an array that becomes beta * array + values, then beta, 0 or 1. */
    default Arguments sum(INDArray array, double beta) {
      return (beta == 0 ? write(array) : update(array)).number((int) beta);
    }

    /** Launches so many blocks. */
    void run(int blocks);
  }

  /**
   * Begins a launch.
   *
   * @param name of the kernel, equal to no other kernel's
   * @param build builds it where it is new
   */
  Arguments launch(Object name, Supplier<Kernel> build);
}
