package org.sparkvae.tensor;

import java.util.Properties;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What computes in this JVM. */
public final class Backend {
  private Backend() {}

  /** The ND4J backend, its BLAS and the kernels of float32 arrays, in a few words. */
  public static String describe() {
    INDArray example = Nd4j.create(DataType.FLOAT, 1);
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return "ND4J %s, %s, %s"
        .formatted(
            environment.getProperty("backend"),
            environment.getProperty("blas.vendor"),
            Kernels.of(example));
  }
}
