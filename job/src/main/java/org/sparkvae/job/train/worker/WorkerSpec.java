package org.sparkvae.job.train.worker;

import org.sparkvae.dl4j.OptimiserSpec;
import org.sparkvae.job.data.Binariser;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.VaeSpec;

/**
 * What a worker trains, and how it takes a step.
 *
 * @param model the VAE
 * @param objective what is maximised; N is of the whole training set
 * @param optimiser takes the steps
 * @param batch M, images per minibatch
 * @param binariser makes values of pixels
 * @param seed of shuffling and of posterior noise
 */
public record WorkerSpec(
    VaeSpec model,
    ObjectiveSpec objective,
    OptimiserSpec optimiser,
    int batch,
    Binariser binariser,
    long seed)
    implements Pool.Key<ShardWorker> {
  @Override
  public ShardWorker create() {
    return new ShardWorker(this);
  }
}
