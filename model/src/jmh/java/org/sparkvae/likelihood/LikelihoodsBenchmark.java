package org.sparkvae.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * Likelihoods of a batch of 100 images of 784 levels, forward and backward, in float32, on a body
 * of one value, beside which the head's products weigh little.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class LikelihoodsBenchmark {
  private static final int BATCH = 100;
  private static final int PIXELS = 784;

  /** What is measured. */
  public enum Kind {
    /** Of bits. */
    BERNOULLI(new Bernoulli()),
    /** A variance for each pixel. */
    GAUSSIAN(new Gaussian(Gaussian.Variance.PER_PIXEL, 1e-3)),
    /** Fixed degrees of freedom. */
    STUDENT_T(new StudentT(StudentT.Degrees.FIXED, 5, 1e-3)),
    /** Of intensities. */
    CONTINUOUS_BERNOULLI(new ContinuousBernoulli()),
    /** A scale for each pixel. */
    LOGISTIC(new Logistic(Logistic.Scale.PER_PIXEL, -7, 0)),
    /** One scale. */
    LOGISTIC_SHARED(new Logistic(Logistic.Scale.SHARED, -7, 0)),
    /** Of five. */
    LOGISTIC_MIXTURE(new LogisticMixture(5, -7, 0)),
    /** Of 16 levels. */
    CATEGORICAL_16(new Categorical(16)),
    /** Of 256 levels. */
    CATEGORICAL_256(new Categorical(256));

    private final Likelihood likelihood;

    Kind(Likelihood likelihood) {
      this.likelihood = likelihood;
    }
  }

  /** The likelihood. */
  @Param public Kind kind;

  private Program program;
  private Rows result;

  /** Records it. */
  @Setup
  public void record() {
    Recorder recorder = new Recorder(BATCH, 1);
    Matrix x = recorder.constant(BATCH, PIXELS);
    Matrix body = recorder.constant(BATCH, 1);
    result = kind.likelihood.given(recorder, body, Shape.vector(PIXELS)).logDensity(x);
    INDArray parameters = Nd4j.randn(DataType.FLOAT, recorder.layout().length()).muli(0.5);
    program =
        new Program(recorder, recorder.layout(), parameters, parameters.like(), List.of(result));
    Random random = new Random(1);
    float[] levels = new float[BATCH * PIXELS];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(0, random.nextInt(512) - 256) / 255f;
    }
    program.kernels().copyIn(levels, x.value());
    float[] features = new float[BATCH];
    Arrays.fill(features, 0.3f);
    program.kernels().copyIn(features, body.value());
  }

  /** log p(x|z) and its derivatives. */
  @Benchmark
  public void differentiate() {
    program.forward();
    Arrays.fill(result.gradient(), 1);
    program.backward();
  }

  /** log p(x|z) alone. */
  @Benchmark
  public void score() {
    program.forward();
  }
}
