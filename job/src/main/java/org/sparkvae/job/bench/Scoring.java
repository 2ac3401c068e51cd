package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.noise.Noise;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Proposer;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;

/**
 * Importance weights of images by threads that share one copy of a model's initial parameters, on
 * the kernels of the thread that asks. What an evaluation does with the weights is left out.
 */
final class Scoring {
  private static final int STRETCHES = 3;

  private final ImageModel model;
  private final EvaluationSettings settings;
  private final int images;
  private final INDArray parameters;
  private final Kernels kernels;

  /**
   * Threads' work on a model that nobody has trained.
   *
   * @param settings of the model and of the evaluation
   * @param images that a thread scores in a stretch
   */
  Scoring(JobSettings settings, int images) {
    WorkerSpec spec = ModelStep.spec(settings);
    this.model = spec.model();
    this.settings = settings.evaluation();
    this.images = images;
    parameters = Nd4j.createFromArray(ModelStep.initial(spec).parameters());
    kernels = Kernels.of(parameters);
    kernels.share(parameters);
  }

  /**
   * The median of some stretches, after one of warm-up.
   *
   * @throws IllegalStateException where a thread fails
   */
  double imagesPerSecond(int threads) {
    ThreadLocal<Scorer> scorers = ThreadLocal.withInitial(Scorer::new);
    Callable<Void> work =
        () -> {
          Backend.use(kernels);
          scorers.get().score();
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Double> rates = new ArrayList<>();
      for (int stretch = -1; stretch < STRETCHES; stretch++) {
        long start = System.nanoTime();
        for (Future<Void> done : pool.invokeAll(Collections.nCopies(threads, work))) {
          done.get();
        }
        if (stretch >= 0) {
          rates.add(threads * images / ((System.nanoTime() - start) / 1e9));
        }
      }
      return Spread.of(rates.stream().mapToDouble(Double::doubleValue).toArray()).median();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What a thread scores with. */
  private final class Scorer {
    private final Proposer proposer = Proposer.of(settings.proposal(), model, parameters);
    private final LogWeights weights =
        new LogWeights(
            model,
            parameters,
            Math.min(settings.block(), settings.samples()),
            settings.proposal().tails());
    private final float[] image = new float[model.x().values()];

    /** A stretch, of images that differ in a pixel each. */
    void score() {
      for (int i = 0; i < images; i++) {
        int pixel = i % image.length;
        image[pixel] = 1 - image[pixel];
        long key = Noise.key(0, Noise.Purpose.EVALUATION, 0, i);
        weights.image(image, proposer.propose(image, key));
        weights.sample(key, settings.samples());
      }
    }
  }
}
