package org.sparkvae.step;

import org.sparkvae.tensor.NoiseBuffers;

/** What is filled before something is computed of a minibatch, of one size. */
public interface Inputs {
  /** The images, in [0, 1]. */
  ImageBuffer pixels();

  /** The host's values of the images, [images * values], not a copy. */
  default float[] images() {
    return pixels().host();
  }

  /** The noise of the images. */
  NoiseBuffers noise();
}
