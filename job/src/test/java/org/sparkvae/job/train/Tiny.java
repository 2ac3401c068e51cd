package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.data.Binariser;
import org.sparkvae.job.data.ImageBlock;
import org.sparkvae.job.data.ImageSet;
import org.sparkvae.job.data.ImageShape;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/** A tiny model, and images for it: 16 pixels, of which one half is bright and the other dark. */
final class Tiny {
  static final int PIXELS = 16;
  static final long SEED = 7;
  static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(PIXELS),
          new Vae(
              2,
              new Mlp(List.of(8), Activation.TANH),
              new Mlp(List.of(8), Activation.TANH),
              new Bernoulli()));
  static final Bound BOUND = new Elbo(2, Elbo.Kl.ANALYTIC);
  static final Optimiser ADAM = new Adam(0.9, 0.999, 1e-4);
  static final Optimiser SGD = new Sgd(0);
  static final Binariser BINARISER = new Binariser.Dynamic(SEED);

  private Tiny() {}

  static WorkerSpec worker(Optimiser optimiser, int batch, long trainingImages) {
    return new WorkerSpec(
        MODEL, new ObjectiveSpec(BOUND, trainingImages, 0), optimiser, batch, BINARISER, SEED);
  }

  /** Plain averaging every so many steps. */
  static TrainingSettings.Averaging every(int steps) {
    return new TrainingSettings.Averaging(
        TrainingSettings.Strategy.WEIGHTED, steps, new TrainingSettings.Outer(0, 1));
  }

  /** Images first .. first + count - 1 of an endless set. */
  static ImageBlock block(int first, int count) {
    byte[] pixels = new byte[count * PIXELS];
    long[] ids = new long[count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      Random random = new Random(first + i);
      boolean left = random.nextBoolean();
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = (byte) ((p < PIXELS / 2) == left ? 200 + random.nextInt(56) : 20);
      }
      ids[i] = first + i;
      labels[i] = left ? 1 : 0;
    }
    return new ImageBlock(ids, labels, pixels);
  }

  /** Blocks of at most 5 images. */
  static List<ImageBlock> blocks(int first, int count) {
    List<ImageBlock> blocks = new ArrayList<>();
    for (int done = 0; done < count; done += 5) {
      blocks.add(block(first + done, Math.min(5, count - done)));
    }
    return blocks;
  }

  /** A set of images in shards of these sizes, with ids from 0. */
  static ImageSet images(int... shardSizes) {
    List<List<ImageBlock>> shards = new ArrayList<>();
    int first = 0;
    for (int size : shardSizes) {
      shards.add(blocks(first, size));
      first += size;
    }
    return new ImageSet(
        new ImageShape(4, 4, 1),
        first,
        shardSizes.length,
        LocalSpark.context()
            .parallelize(shards, shardSizes.length)
            .flatMap(List::iterator)
            .persist(StorageLevel.MEMORY_AND_DISK()),
        Map.of());
  }

  static float[] meanImage() {
    float[] mean = new float[PIXELS];
    Arrays.fill(mean, 0.5f);
    return mean;
  }

  /** A fresh network with the same initial parameters for every worker. */
  static MultiLayerNetwork network(WorkerSpec worker) {
    MultiLayerNetwork network =
        VaeNetwork.create(MODEL, worker.objective(), worker.optimiser(), 0.01, SEED);
    MODEL.initialise(SEED, meanImage(), VaeNetwork.parameters(network));
    return network;
  }
}
