package org.sparkvae.tensor;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Chooses the kernels that fit an array and this JVM. */
final class KernelChoice {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** The last Java whose Vector API reads byte buffers, as the fused loops do. */
  private static final int LAST_WITH_BUFFERS = 18;

  /** By name: the class itself is on the class path only where the backend is. */
  static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  private KernelChoice() {}

  static Kernels of(INDArray example) {
    return example.dataType() == DataType.FLOAT && hasVectors() && isOnCpu()
        ? new VectorKernels()
        : new Nd4jKernels();
  }

  /** Whether this JVM was started with the Vector API's module, in the form that the loops need. */
  static boolean hasVectors() {
    return Runtime.version().feature() <= LAST_WITH_BUFFERS
        && ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  private static boolean isOnCpu() {
    return isCpu(Nd4j.getBackend());
  }

  /** Whether a backend computes on the CPU. */
  static boolean isCpu(Nd4jBackend backend) {
    return backend.getClass().getName().equals(CPU_BACKEND);
  }
}
