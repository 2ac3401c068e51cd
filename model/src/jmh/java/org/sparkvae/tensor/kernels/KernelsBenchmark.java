package org.sparkvae.tensor.kernels;

import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The hot operations on a batch of 100, in the fused loops and in plain ND4J, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class KernelsBenchmark {
  private static final int BATCH = 100;
  private static final int PIXELS = 784;
  private static final int HIDDEN = 200;
  private static final int PARAMETERS = 425_484;

  /** Which kernels. */
  public enum Loops {
    /** {@link VectorKernels}. */
    FUSED,
    /** {@link Nd4jKernels}. */
    PLAIN
  }

  /** Which kernels. */
  @Param public Loops loops;

  private final INDArray image = Nd4j.rand(DataType.FLOAT, BATCH, PIXELS).gt(0.5);
  private final INDArray x = image.castTo(DataType.FLOAT);
  private final INDArray weights = Nd4j.randn(DataType.FLOAT, PIXELS, HIDDEN);
  private final INDArray layer = Nd4j.randn(DataType.FLOAT, BATCH, HIDDEN);
  private final INDArray layerGradient = Nd4j.randn(DataType.FLOAT, BATCH, HIDDEN);
  private final INDArray layerBias = Nd4j.randn(DataType.FLOAT, 1, HIDDEN);
  private final INDArray parameters = Nd4j.randn(DataType.FLOAT, 1, PARAMETERS);
  private final INDArray gradient = Nd4j.randn(DataType.FLOAT, 1, PARAMETERS);
  private final INDArray first = Nd4j.create(DataType.FLOAT, 1, PARAMETERS);
  private final INDArray second = Nd4j.create(DataType.FLOAT, 1, PARAMETERS);
  private Kernels kernels;

  /** Chooses the kernels. */
  @Setup
  public void choose() {
    kernels =
        switch (loops) {
          case FUSED -> new VectorKernels();
          case PLAIN -> new Nd4jKernels();
        };
  }

  /** [100, 784] times [784, 200]. */
  @Benchmark
  public void multiply() {
    kernels.multiply(x, false, weights, false, 0, layer);
  }

  /** tanh(a + b) of [100, 200]. */
  @Benchmark
  public void tanh() {
    kernels.activate(layer, layerBias, Activation.TANH);
  }

  /** The derivative of tanh, and the bias's gradient, [100, 200]. */
  @Benchmark
  public void tanhBackward() {
    kernels.activateBackward(layer, layerGradient, Activation.TANH);
    kernels.sumColumns(layerGradient, 0, layerBias);
  }

  /** Adam on 425,484 parameters. */
  @Benchmark
  public void adam() {
    kernels.adam(parameters, gradient, first, second, 1e-3, 0.9, 0.999, 1e-4, 1, 1);
  }
}
