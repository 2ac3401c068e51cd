package org.sparkvae.job.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.GradientRestraint;
import org.sparkvae.job.train.TrainingPlan;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.Round;
import org.sparkvae.job.train.worker.ShardImages;
import org.sparkvae.job.train.worker.ShardWorker;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * What a training step of a model costs, beside its matrix products: on one core, or on the GPU
 * that the calling thread is bound to.
 *
 * @param name of its settings file
 * @param parameters of the model
 * @param batch images of a minibatch
 * @param gigaflop operations of a step's products, three to each product of a forward pass
 * @param rate of products there, just before and after, in GFLOP/s
 * @param seconds a step, the median of some stretches
 */
record ModelStep(
    String name, long parameters, int batch, double gigaflop, double rate, double seconds) {
  private static final Shape IMAGES = new Shape(28, 28, 1);

  /** Products as those of the main model's first layer, which one core measures itself by. */
  static final Sgemm OF_CORE = new Sgemm(100, IMAGES.values(), 200);

  private static final int TRAINING_IMAGES = 60_000;
  private static final int MINIBATCHES = 20;
  private static final int WARM_UP = 3;
  private static final int STRETCHES = 7;
  private static final int PRODUCTS_OF_A_STEP = 3;
  private static final int ROUNDS_OF_PRODUCTS = 5;

  /** The share of the time that the products alone take at the measured rate. */
  double floorShare() {
    return gigaflop / rate / seconds;
  }

  /** Images that are trained in a second. */
  double imagesPerSecond() {
    return batch / seconds;
  }

  /**
   * Measures a model on images of random grey; nothing where it is not trained by steps.
   *
   * @param products whose rate it is held against
   */
  static Optional<ModelStep> of(String name, JobSettings settings, Sgemm products) {
    if (settings.model().fit().isPresent()) {
      return Optional.empty();
    }
    WorkerSpec spec = spec(settings);
    double before = products.gigaflops(ROUNDS_OF_PRODUCTS);
    double seconds = time(spec, new TrainingPlan(settings.training()));
    double rate = (before + products.gigaflops(ROUNDS_OF_PRODUCTS)) / 2;
    return Optional.of(
        new ModelStep(
            name, spec.model().parameters(), spec.batch(), operations(spec) / 1e9, rate, seconds));
  }

  static WorkerSpec spec(JobSettings settings) {
    TrainingSettings training = settings.training();
    ObjectiveSpec objective =
        new ObjectiveSpec(
            training.bound(),
            TRAINING_IMAGES,
            training.restraints().weightPriorPrecision(),
            training.estimator());
    return new WorkerSpec(
        new ImageModel(IMAGES, settings.model()),
        objective,
        training.optimiser(),
        GradientRestraint.of(training.restraints()),
        training.batch(),
        Binariser.of(settings.data(), settings.seed()),
        settings.seed());
  }

  /** Floating-point operations of a step's products. */
  static double operations(WorkerSpec spec) {
    INDArray parameters =
        Nd4j.create(DataType.FLOAT, spec.model().layout(spec.objective()).length());
    Objective objective =
        new Objective(spec.model(), spec.objective(), spec.batch(), parameters, parameters.like());
    return PRODUCTS_OF_A_STEP * objective.flops();
  }

  /** Seconds of a step, from the model's initial values on. */
  private static double time(WorkerSpec spec, TrainingPlan plan) {
    ShardWorker worker = new ShardWorker(spec);
    worker.load(initial(spec));
    ShardImages images = images(spec.batch());
    images.keep(worker.kernels());
    List<Double> each = new ArrayList<>();
    long steps = 0;
    for (int stretch = 0; stretch < WARM_UP + STRETCHES; stretch++) {
      Round round = new Round(1, stretch + 1, 0, MINIBATCHES, steps, plan.epoch(1).settings());
      long start = System.nanoTime();
      worker.steps(0, images, round);
      if (stretch >= WARM_UP) {
        each.add((System.nanoTime() - start) / 1e9 / MINIBATCHES);
      }
      steps += MINIBATCHES;
    }
    return Spread.of(each.stream().mapToDouble(Double::doubleValue).toArray()).median();
  }

  /** The parameters and the state that training begins with. */
  static Weights initial(WorkerSpec spec) {
    long length = spec.model().layout(spec.objective()).length();
    INDArray parameters = Nd4j.create(DataType.FLOAT, length);
    float[] grey = new float[IMAGES.values()];
    Arrays.fill(grey, 0.5f);
    spec.model().initialise(spec.objective(), spec.seed(), grey, parameters);
    float[] state = new float[Math.toIntExact(spec.stateLength())];
    return new Weights(parameters.toFloatVector(), state);
  }

  private static ShardImages images(int batch) {
    int count = MINIBATCHES * batch;
    byte[] pixels = new byte[count * IMAGES.values()];
    new SplittableRandom(1).nextBytes(pixels);
    long[] ids = LongStream.range(0, count).toArray();
    return ShardImages.of(List.of(new ImageBlock(ids, new int[count], pixels)).iterator());
  }
}
