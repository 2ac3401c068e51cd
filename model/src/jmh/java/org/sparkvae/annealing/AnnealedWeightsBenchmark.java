package org.sparkvae.annealing;

import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** Images by 16 annealed chains of 100 temperatures under a 784-h-h-50 VAE, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class AnnealedWeightsBenchmark {
  private static final int PIXELS = 784;
  private static final int CHAINS = 16;
  private static final int IMAGES = 16;

  /** Width of the hidden layers. */
  @Param({"200", "500"})
  public int hidden;

  /** Where chains start. */
  @Param({"ENCODER", "PRIOR"})
  public Annealed.Start start;

  private AnnealedWeights weights;
  private List<AnnealedWeights.Chains> chains;

  /** Builds the model. */
  @Setup
  public void build() {
    Mlp network = new Mlp(List.of(hidden, hidden), Activation.TANH);
    ImageModel model =
        new ImageModel(Shape.vector(PIXELS), new Vae(50, network, network, new Bernoulli()));
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    model.initialise(1, new float[PIXELS], parameters);
    Annealed how = new Annealed(start, CHAINS, 100, 2, 0);
    weights = new AnnealedWeights(model, parameters, how, 1, CHAINS);
    chains = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      float[] image = new float[PIXELS];
      for (int p = i; p < PIXELS; p += 3) {
        image[p] = 1;
      }
      chains.add(new AnnealedWeights.Chains(i, image, 0));
    }
  }

  /** One pass. */
  @Benchmark
  @OperationsPerInvocation(IMAGES)
  public double images() {
    return weights.logWeights(chains)[0][0];
  }
}
