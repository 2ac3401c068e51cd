package org.sparkvae.tensor;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Chooses the kernels that fit an array and this JVM. */
final class KernelChoice {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** By name: the class itself is on the class path only where the backend is. */
  private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  private KernelChoice() {}

  static Kernels of(INDArray example) {
    return example.dataType() == DataType.FLOAT && hasVectors() && isOnCpu()
        ? new VectorKernels()
        : new Nd4jKernels();
  }

  /** Whether this JVM was started with the Vector API's module. */
  static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  private static boolean isOnCpu() {
    return Nd4j.getBackend().getClass().getName().equals(CPU_BACKEND);
  }
}
