package org.sparkvae.proposal;

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
import org.sparkvae.evaluation.Normal;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** 5,000 importance weights of an image under a 784-h-h-50 VAE, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
public class LogWeightsBenchmark {
  private static final int PIXELS = 784;
  private static final int SAMPLES = 5000;

  /** Width of the hidden layers. */
  @Param({"200", "500"})
  public int hidden;

  /** Samples computed together. */
  @Param({"100", "250", "500", "1000"})
  public int block;

  private Encoding encoding;
  private LogWeights weights;
  private float[] image;
  private double[] logWeight;
  private double[] logLikelihood;
  private long key;

  /** Builds the model. */
  @Setup
  public void build() {
    Mlp network = new Mlp(List.of(hidden, hidden), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(50, network, network, new Bernoulli()));
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    model.initialise(1, new float[PIXELS], parameters);
    weights = new LogWeights(model, parameters, block, new Normal());
    encoding = new Encoding(model, parameters);
    image = new float[PIXELS];
    for (int p = 0; p < PIXELS; p += 3) {
      image[p] = 1;
    }
    logWeight = new double[block];
    logLikelihood = new double[block];
  }

  /** An image. */
  @Benchmark
  public double image() {
    weights.image(image, encoding.propose(image, 0));
    key++;
    for (int first = 0; first < SAMPLES; first += block) {
      weights.sample(key, first, Math.min(block, SAMPLES - first), logWeight, logLikelihood);
    }
    return logWeight[0];
  }
}
