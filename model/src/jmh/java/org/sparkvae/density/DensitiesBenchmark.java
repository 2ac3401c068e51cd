package org.sparkvae.density;

import java.util.List;
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
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Densities of a batch of 100, forward and backward: by fused loops for float32, by the formula in
 * plain operations for float64.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class DensitiesBenchmark {
  private static final int BATCH = 100;
  private static final int PIXELS = 784;
  private static final int LATENT = 50;

  /** Type of the arrays. */
  @Param({"FLOAT", "DOUBLE"})
  public DataType type;

  private Program bernoulli;
  private Program gaussian;

  /** Records them. */
  @Setup
  public void record() {
    Recorder images = new Recorder(BATCH, 1);
    Parameter bias = images.vector("bias", PIXELS, new Start.Constant(0));
    Matrix x = images.constant(BATCH, PIXELS);
    Matrix logits = images.variable(BATCH, PIXELS);
    bernoulli = program(images, BernoulliLogLikelihood.of(images, x, logits, bias));
    Recorder latent = new Recorder(BATCH, 1);
    Matrix packed = latent.variable(BATCH, 2 * LATENT);
    Matrix z = GaussianSample.of(latent, packed, latent.normal(LATENT));
    latent.vector("unused", 1, new Start.Constant(0));
    gaussian = program(latent, StandardNormalLogDensity.of(latent, z));
  }

  private Program program(Recorder recorder, Rows result) {
    INDArray parameters = Nd4j.rand(type, recorder.layout().length());
    return new Program(recorder, recorder.layout(), parameters, parameters.like(), List.of(result));
  }

  /** log p(x|z) and its derivative by the logits and their bias, [100, 784]. */
  @Benchmark
  public void bernoulliLogLikelihood() {
    bernoulli.forward();
    bernoulli.backward();
  }

  /** z = mean + deviation * noise and log N(z; 0, I), and their derivatives, [100, 50]. */
  @Benchmark
  public void gaussianSample() {
    gaussian.forward();
    gaussian.backward();
  }
}
