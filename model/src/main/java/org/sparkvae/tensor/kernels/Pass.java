package org.sparkvae.tensor.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A computation that is run again and again, and the host memory that it touches. */
public interface Pass {
  /** Runs it. */
  void run(Kernels kernels);

  /** Whether it touches arrays by the kernels alone, wherever they lie. */
  boolean isByKernels();

  /** Arrays that it may read in host memory where it is not by the kernels alone. */
  List<INDArray> read();

  /** Arrays that it may write in host memory where it is not by the kernels alone. */
  List<INDArray> written();

  /** Values of rows that it may read on the heap where it is not by the kernels alone. */
  List<double[]> readRows();

  /** Values of rows that it may write on the heap where it is not by the kernels alone. */
  List<double[]> writtenRows();
}
