package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.sparkvae.host.VectorModule;

/** Chooses the kernels that fit an array and this JVM. */
final class KernelChoice {
  /** By name: the class itself is on the class path only where the backend is. */
  static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  private static final ThreadLocal<Kernels> BOUND = new ThreadLocal<>();

  private KernelChoice() {}

  static Kernels of(INDArray example) {
    Kernels bound = BOUND.get();
    return bound != null && example.dataType() == DataType.FLOAT ? bound : onHost(example);
  }

  /** Kernels for the calling thread's float32 arrays; null for those that fit host memory. */
  static void bind(Kernels kernels) {
    BOUND.set(kernels);
  }

  /** The kernels for arrays that lie where ND4J puts them. */
  static Kernels onHost(INDArray example) {
    return example.dataType() == DataType.FLOAT && VectorModule.isPresent() && isOnCpu()
        ? new VectorKernels()
        : new Nd4jKernels();
  }

  private static boolean isOnCpu() {
    return isCpu(Nd4j.getBackend());
  }

  /** Whether a backend computes on the CPU. */
  static boolean isCpu(Nd4jBackend backend) {
    return backend.getClass().getName().equals(CPU_BACKEND);
  }
}
