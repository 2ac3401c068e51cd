package org.sparkvae.vae;

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
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;

/** A training step of a 784-h-h-50 VAE, part by part and whole, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
public class StepBenchmark {
  private static final int PIXELS = 784;
  private static final int LATENT = 50;
  private static final int TRAINING_IMAGES = 60_000;

  /** Width of the hidden layers. */
  @Param({"200", "500"})
  public int hidden;

  /** Images of a minibatch. */
  @Param({"100", "20"})
  public int batch;

  /** Posterior samples of an image. */
  @Param({"1", "50"})
  public int samples;

  private Objective objective;
  private Steps optimiser;
  private byte[] pixels;
  private long step;

  /** Builds the model, and images of random grey. */
  @Setup
  public void build() {
    Mlp network = new Mlp(List.of(hidden, hidden), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(LATENT, network, network, new Bernoulli()));
    Bound bound = samples == 1 ? new Elbo(1, Elbo.Kl.ANALYTIC) : new ImportanceWeighted(samples);
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    INDArray gradient = parameters.like();
    float[] mean = new float[PIXELS];
    Arrays.fill(mean, 0.13f);
    model.initialise(1, mean, parameters);
    objective =
        new Objective(
            model, new ObjectiveSpec(bound, TRAINING_IMAGES, 0), batch, parameters, gradient);
    Optimiser adam = new Adam(0.9, 0.999, 1e-4);
    INDArray state = Nd4j.create(DataType.FLOAT, Steps.stateLength(adam, parameters.length()));
    optimiser = new Steps(adam, TRAINING_IMAGES, parameters, gradient, state);
    pixels = new byte[batch * PIXELS];
    new Random(1).nextBytes(pixels);
    binarise();
    noise();
  }

  /** Binarises the images. */
  @Benchmark
  public void binarise() {
    for (int i = 0; i < batch; i++) {
      long key = Noise.key(1, Noise.Purpose.BINARISATION, step, i);
      Noise.bernoulli(key, pixels, i * PIXELS, objective.images(), i * PIXELS, PIXELS);
    }
  }

  /** Draws the posterior's noise. */
  @Benchmark
  public void noise() {
    for (int i = 0; i < batch; i++) {
      long key = Noise.key(1, Noise.Purpose.TRAINING, step, i);
      objective.noise().draw(key, i, 0, samples);
    }
  }

  /** The bound and its gradient. */
  @Benchmark
  public double differentiate() {
    return objective.differentiate(StepSettings.NONE).sum(Objective.BOUND);
  }

  /** Adam's step. */
  @Benchmark
  public void update() {
    optimiser.take(1e-3, ++step);
  }

  /** All of it. */
  @Benchmark
  public double step() {
    binarise();
    noise();
    double bound = differentiate();
    update();
    return bound;
  }
}
