package org.sparkvae.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.host.FloatSource;
import org.sparkvae.host.WeightedMean;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Steps;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * What a compiled training step leaves on the heap. In a JVM of its own, where nothing else has run
 * and no thread goes on while a method is compiled: both decide what the compiler makes of a loop.
 */
class StepGarbageTest {
  private static final int PIXELS = 196;
  private static final int LATENT = 20;
  private static final int BATCH = 50;
  private static final int EVERY = 10;
  private static final int WARM_UP = 600;
  private static final int WINDOWS = 5;
  private static final int ROUNDS = 10;

  /** More than a step's share of the averaging's own arrays. */
  private static final long AVERAGING = 8 << 10;

  @TempDir private Path folder;

  /** A loop of the averaging must not make those of the step leave their vectors on the heap. */
  @Test
  void averagingLeavesTheStepsLoopsAsTheyAre() throws Exception {
    assumeThat(Kernels.of(Nd4j.create(DataType.FLOAT, 1)).toString()).startsWith("fused loops");
    long alone = bytesOfAStep("alone");
    assertThat(alone).isPositive();
    assertThat(bytesOfAStep("averaged")).isLessThan(alone + alone / 4 + AVERAGING);
  }

  private long bytesOfAStep(String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xbatch", "-Xmx512m"));
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + Loader.getCacheDir());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Training.class.getName(), how));
    Path errors = folder.resolve(how);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return Long.parseLong(out.strip().lines().reduce((a, b) -> b).orElseThrow());
  }

  /** Prints the bytes that a step allocates, the averaging's shared among the steps of a round. */
  static final class Training {
    private final Objective objective;
    private final Steps optimiser;
    private final Kernels kernels;
    private final INDArray parameters;
    private final float[] average;
    private final byte[] images = new byte[BATCH * PIXELS];
    private long step;

    private Training() {
      Mlp network = new Mlp(List.of(64, 64), Activation.TANH);
      ImageModel model =
          new ImageModel(Shape.vector(PIXELS), new Vae(LATENT, network, network, new Bernoulli()));
      parameters = Nd4j.create(DataType.FLOAT, model.parameters());
      kernels = Kernels.of(parameters);
      average = new float[Math.toIntExact(parameters.length())];
      INDArray gradient = parameters.like();
      model.initialise(1, new float[PIXELS], parameters);
      Optimiser adam = new Adam(0.9, 0.999, 1e-4);
      INDArray state = Nd4j.create(DataType.FLOAT, Steps.stateLength(adam, average.length));
      optimiser = new Steps(adam, BATCH, parameters, gradient, state);
      Bound bound = new Elbo(1, Elbo.Kl.ANALYTIC);
      objective =
          new Objective(model, new ObjectiveSpec(bound, BATCH, 0), BATCH, parameters, gradient);
      for (int i = 0; i < images.length; i++) {
        images[i] = (byte) (i % 3 == 0 ? i : 0);
      }
    }

    private void round(boolean averaged) {
      for (int s = 0; s < EVERY; s++) {
        for (int i = 0; i < BATCH; i++) {
          long key = Noise.key(1, Noise.Purpose.TRAINING, step, i);
          Noise.bernoulli(key, images, i * PIXELS, objective.images(), i * PIXELS, PIXELS);
          objective.noise().draw(~key, i, 0, 1);
        }
        objective.differentiate(StepSettings.NONE);
        optimiser.take(1e-3, ++step);
      }
      if (averaged) {
        average();
      }
    }

    private void average() {
      FloatSource own = kernels.source(parameters);
      FloatSource[] shards = {own, own};
      WeightedMean.of(shards, new double[] {BATCH, BATCH}, average, 0, average.length);
      kernels.copyIn(average, parameters);
    }

    /** Trains, "averaged" or not, and counts. */
    public static void main(String[] how) {
      boolean averaged = how[0].equals("averaged");
      Training training = new Training();
      for (int r = 0; r < WARM_UP; r++) {
        training.round(averaged);
      }
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      for (int w = 0; w < WINDOWS; w++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int r = 0; r < ROUNDS; r++) {
          training.round(averaged);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      System.out.println(least / (ROUNDS * EVERY));
    }
  }
}
