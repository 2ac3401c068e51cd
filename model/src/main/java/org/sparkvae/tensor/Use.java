package org.sparkvae.tensor;

/** What a recording is for: some layers compute another value in training than afterwards. */
public enum Use {
  /** What the trained model says. */
  SCORING,
  /** A step of training: values are left out, and layers are normalised by their minibatch. */
  TRAINING,
  /** The statistics that layers are normalised by in {@link #SCORING}: by their minibatch still. */
  COLLECTING
}
