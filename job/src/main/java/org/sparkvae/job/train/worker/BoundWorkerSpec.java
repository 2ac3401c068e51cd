package org.sparkvae.job.train.worker;

import org.sparkvae.bound.Bound;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * What the mean bound of a set of images is computed with.
 *
 * @param model the VAE
 * @param bound on log p(x)
 * @param batch images computed together
 * @param binariser makes values of pixels
 * @param seed of the posterior noise
 * @param purpose of the posterior noise
 */
public record BoundWorkerSpec(
    ImageModel model, Bound bound, int batch, Binariser binariser, long seed, Noise.Purpose purpose)
    implements Pool.Key<BoundWorker> {
  @Override
  public BoundWorker create() {
    return new BoundWorker(this);
  }
}
