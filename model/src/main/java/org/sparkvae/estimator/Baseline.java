package org.sparkvae.estimator;

import java.io.Serializable;

/** What is subtracted from the log-weight of a sample, on whose draw it does not depend. */
public sealed interface Baseline extends Serializable permits OtherSamples, RunningAverage {
  /** Log-weights less what is subtracted, in one recording. */
  Signals signals(int images, int samples);
}
