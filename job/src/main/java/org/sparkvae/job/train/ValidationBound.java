package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.worker.BoundWorkerSpec;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measure;
import org.sparkvae.step.Measures;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;

/**
 * The mean bound per validation image: the ELBO for one sample, the importance-weighted bound for
 * more; of a model without log p(x) its objective.
 *
 * <p>Pixels and noise are keyed by the image alone, so that epochs compare.
 */
final class ValidationBound {
  private final BoundPass pass;
  private final Measure told;
  private final ImageSet images;
  private final int every;

  /**
   * Of a model on a set of images.
   *
   * @param every epochs between two, at least 1
   */
  ValidationBound(
      JavaSparkContext spark,
      ImageModel model,
      TrainingSettings settings,
      Binariser binariser,
      long seed,
      ImageSet images) {
    int samples = settings.validation().samples();
    Bound bound = samples == 1 ? new Elbo(1, Elbo.Kl.ANALYTIC) : new ImportanceWeighted(samples);
    // About as many rows at a time as a training step with one sample has.
    int batch = Math.max(1, settings.batch() / samples);
    this.pass =
        new BoundPass(
            spark,
            new BoundWorkerSpec(model, bound, batch, binariser, seed, Noise.Purpose.VALIDATION));
    this.told = model.model().hasLogLikelihood() ? Objective.BOUND : Objective.WEIGHTED;
    this.images = images;
    this.every = settings.validation().every();
  }

  /** Whether there is one after an epoch, from 1. */
  boolean after(int epoch) {
    return epoch % every == 0;
  }

  /**
   * The mean bound per image, nats.
   *
   * @throws DivergedException where it is not finite
   */
  double bound(MultiLayerNetwork network, EpochPlan plan) {
    pass.spark()
        .setJobDescription("epoch %d/%d, validation".formatted(plan.epoch(), plan.epochs()));
    Measures sum = pass.sum(network, images, 0);
    pass.spark().setJobDescription(null);
    if (!sum.isFinite()) {
      throw new DivergedException(
          "training diverged: after epoch %d the validation bound is %s; lower training.optimiser.learning-rate"
              .formatted(plan.epoch(), sum.sum(told)));
    }
    return sum.mean(told);
  }

  /** Frees what the executors keep. */
  void release() {
    pass.release();
  }
}
