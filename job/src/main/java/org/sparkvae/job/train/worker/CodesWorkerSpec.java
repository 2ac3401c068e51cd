package org.sparkvae.job.train.worker;

import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.vae.ImageModel;

/**
 * What the codes of images are computed with.
 *
 * @param model that encodes
 * @param binariser makes values of pixels
 */
public record CodesWorkerSpec(ImageModel model, Binariser binariser)
    implements Pool.Key<CodesWorker> {
  @Override
  public CodesWorker create() {
    return new CodesWorker(this);
  }
}
