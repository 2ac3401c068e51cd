package org.sparkvae.job.train.worker;

import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.vae.ImageModel;

/**
 * What the statistics of a model's layers are collected with.
 *
 * @param model the VAE
 * @param batch images computed together
 * @param binariser makes values of pixels
 * @param seed of the posterior noise
 */
public record StatisticsWorkerSpec(ImageModel model, int batch, Binariser binariser, long seed)
    implements Pool.Key<StatisticsWorker> {
  @Override
  public StatisticsWorker create() {
    return new StatisticsWorker(this);
  }
}
