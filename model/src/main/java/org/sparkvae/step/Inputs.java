package org.sparkvae.step;

import org.sparkvae.tensor.NoiseBuffers;

/** What is filled before something is computed of a minibatch, of one size. */
public interface Inputs {
  /** The host buffer for the images, [images * values], in [0, 1]. */
  float[] images();

  /** The noise of the images. */
  NoiseBuffers noise();
}
